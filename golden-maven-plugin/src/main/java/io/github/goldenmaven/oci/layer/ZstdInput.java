package io.github.goldenmaven.oci.layer;

import io.airlift.compress.zstd.ZstdInputStream;
import io.github.goldenmaven.GoldenException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Zstandard of one or more frames, to its very end, frames to be skipped among them; windows of at
 * most 8 MiB, which is what layers are written with.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878, Zstandard</a>
 */
final class ZstdInput implements LayerInput {

  private final LayerFault fault;
  private final CompressedInput stored;
  private final InputStream frames;

  ZstdInput(LayerFault fault, CompressedInput stored) {
    this.fault = fault;
    this.stored = stored;
    this.frames = new ZstdInputStream(new ZstdFrames(fault, stored));
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    try {
      return frames.read(bytes, offset, length);
    } catch (GoldenException e) {
      // What the layer's own reader says, of a limit or a connection.
      throw e;
    } catch (IOException | RuntimeException e) {
      // The library says by many kinds of exception that the frames are not whole.
      throw fault.refused("is damaged: its zstd frames cannot be read to their end");
    }
  }

  @Override
  public void close() {
    stored.close();
  }
}
