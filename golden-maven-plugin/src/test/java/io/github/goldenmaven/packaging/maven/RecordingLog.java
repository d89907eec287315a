package io.github.goldenmaven.packaging.maven;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;

/** Keeps what is said at debug level. */
final class RecordingLog extends SystemStreamLog {

  final List<String> debug = Collections.synchronizedList(new ArrayList<>());

  @Override
  public boolean isDebugEnabled() {
    return true;
  }

  @Override
  public void debug(CharSequence content) {
    debug.add(content.toString());
  }

  @Override
  public void info(CharSequence content) {
    debug.add(content.toString());
  }
}
