package io.github.goldenmaven.contents;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Key stores, as far as they tell without their password: in JKS and JCEKS each entry says what it
 * is, and in PKCS #12 keys lie in bags that are marked, for it is the keys themselves that are
 * encrypted.
 */
final class KeyStoreBytes {

  private static final int CERTIFICATE = 2;

  /** A version of 3 and the content that follows, behind the length of the whole. */
  private static final String PKCS12 = "\2\1\3" + "0";

  /** What all bags of PKCS #12 are marked with; 1 and 2 are keys, plain and encrypted. */
  private static final String BAG = "\6\13\52\206\110\206\367\15\1\14\12\1";

  private static final int LENGTH = 6;

  private KeyStoreBytes() {}

  static boolean isOne(String head) {
    return isJava(head) || isPkcs12(head);
  }

  /** Whether a store holds keys and not only certificates. */
  static boolean holdPrivateKeys(String store) {
    if (isPkcs12(store)) {
      return store.contains(BAG + "\1") || store.contains(BAG + "\2");
    }
    return isJava(store) && hasKeyEntry(store);
  }

  private static boolean isJava(String store) {
    return store.startsWith("\376\355\376\355") || store.startsWith("\316\316\316\316");
  }

  private static boolean isPkcs12(String store) {
    int version = store.indexOf(PKCS12);
    return store.startsWith("0") && version > 0 && version <= LENGTH;
  }

  private static boolean hasKeyEntry(String store) {
    byte[] bytes = store.getBytes(StandardCharsets.ISO_8859_1);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      in.readInt();
      int version = in.readInt();
      int entries = in.readInt();
      for (int at = 0; at < entries; at++) {
        if (in.readInt() != CERTIFICATE) {
          return true;
        }
        in.readUTF();
        in.readLong();
        if (version > 1) {
          in.readUTF();
        }
        in.skipNBytes(in.readInt());
      }
      return false;
    } catch (IOException e) {
      // Cut short, or no key store after all: nothing that was seen is a key.
      return false;
    }
  }
}
