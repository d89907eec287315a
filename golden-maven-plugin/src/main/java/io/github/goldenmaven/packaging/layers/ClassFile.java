package io.github.goldenmaven.packaging.layers;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a class file says about starting it, without a library: its name and whether the {@code
 * java} command can start it.
 *
 * @param name with dots, a nested class with its dollar sign
 * @param springBoot whether {@code @SpringBootApplication} is on it or in it: what Spring Boot's
 *     own repackaging looks for
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se25/html/jvms-4.html">JVM specification,
 *     chapter 4</a>
 */
record ClassFile(String name, boolean hasMain, boolean springBoot) {

  private static final int MAGIC = 0xCAFEBABE;
  private static final int JAVA_25 = 69;

  private static final int PUBLIC = 0x0001;
  private static final int PRIVATE = 0x0002;
  private static final int PROTECTED = 0x0004;
  private static final int STATIC = 0x0008;
  private static final int FINAL = 0x0010;
  private static final int VARARGS = 0x0080;
  private static final int SYNTHETIC = 0x1000;
  private static final int INTERFACE = 0x0200;
  private static final int ABSTRACT = 0x0400;
  private static final int HARMLESS = FINAL | VARARGS | SYNTHETIC;

  private static final byte[] MAIN = "main".getBytes(StandardCharsets.US_ASCII);
  private static final String WITH_ARGUMENTS = "([Ljava/lang/String;)V";
  private static final String WITHOUT_ARGUMENTS = "()V";
  private static final byte[] CONSTRUCTOR = "<init>".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SPRING_BOOT =
      "Lorg/springframework/boot/autoconfigure/SpringBootApplication;"
          .getBytes(StandardCharsets.US_ASCII);

  /** Empty for bytes that are no class file. */
  static Optional<ClassFile> read(byte[] bytes) {
    try {
      return parse(ByteBuffer.wrap(bytes));
    } catch (IOException
        | ArithmeticException
        | BufferUnderflowException
        | IndexOutOfBoundsException
        | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<ClassFile> parse(ByteBuffer in) throws IOException {
    if (in.getInt() != MAGIC) {
      return Optional.empty();
    }
    int minor = unsigned(in);
    int major = unsigned(in);
    int[] constants = constants(in);
    int access = unsigned(in);
    String name = text(in, constants, unsigned(in, constants[unsigned(in)] + 1));
    in.position(in.position() + 2); // super class
    int interfaces = unsigned(in);
    in.position(in.position() + 2 * interfaces);
    skipMembers(in);
    // A preview class (minor version 65535) of Java 25 follows the older rule, as by jib.
    boolean flexible = major >= JAVA_25 && minor == 0;
    boolean main = declaresMain(in, constants, flexible, (access & (INTERFACE | ABSTRACT)) == 0);
    return Optional.of(
        new ClassFile(name.replace('/', '.'), main, main && isSpringBoot(in, constants)));
  }

  /** The annotation's type is a text of no other meaning: nothing but an annotation names it so. */
  private static boolean isSpringBoot(ByteBuffer in, int[] constants) {
    for (int index = 1; index < constants.length; index++) {
      if (constants[index] != 0
          && in.get(constants[index]) == 1
          && Arrays.equals(bytes(in, constants, index), SPRING_BOOT)) {
        return true;
      }
    }
    return false;
  }

  /** Where each constant's tag stands. */
  private static int[] constants(ByteBuffer in) {
    int[] places = new int[unsigned(in)];
    for (int index = 1; index < places.length; index++) {
      places[index] = in.position();
      int tag = in.get();
      int size =
          switch (tag) {
            case 1 -> unsigned(in); // Utf8
            case 7, 8, 16, 19, 20 -> 2; // Class, String, MethodType, Module, Package
            case 15 -> 3; // MethodHandle
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8; // Long and Double, which take two places
            default -> throw new IllegalArgumentException("constant " + tag);
          };
      in.position(in.position() + size);
      if (tag == 5 || tag == 6) {
        index++;
      }
    }
    return places;
  }

  /**
   * Java 25 (JEP 512) made main's public, static and argument optional. One that is not static
   * needs an object, of a class that can be made: the {@code Main$} of a Scala object and a Kotlin
   * companion have such a main and a private constructor.
   *
   * @param concrete whether the class can have objects at all
   */
  private static boolean declaresMain(
      ByteBuffer in, int[] constants, boolean flexible, boolean concrete) throws IOException {
    boolean ofClass = false;
    boolean ofObject = false;
    boolean constructor = false;
    for (int left = unsigned(in); left > 0; left--) {
      int access = unsigned(in);
      byte[] name = bytes(in, constants, unsigned(in));
      String descriptor = text(in, constants, unsigned(in));
      skipAttributes(in);
      if (Arrays.equals(name, MAIN) && isMain(access, descriptor, flexible)) {
        ofClass |= (access & STATIC) != 0;
        ofObject |= (access & STATIC) == 0;
      }
      constructor |=
          Arrays.equals(name, CONSTRUCTOR)
              && descriptor.equals(WITHOUT_ARGUMENTS)
              && (access & PRIVATE) == 0;
    }
    return ofClass || (ofObject && constructor && concrete);
  }

  private static boolean isMain(int access, String descriptor, boolean flexible) {
    if (!flexible) {
      return (access & ~HARMLESS) == (PUBLIC | STATIC) && descriptor.equals(WITH_ARGUMENTS);
    }
    int rest = access & ~(PUBLIC | PROTECTED | HARMLESS);
    return (access & PRIVATE) == 0
        && (rest == STATIC || rest == 0)
        && (descriptor.equals(WITH_ARGUMENTS) || descriptor.equals(WITHOUT_ARGUMENTS));
  }

  private static void skipMembers(ByteBuffer in) {
    for (int left = unsigned(in); left > 0; left--) {
      in.position(in.position() + 6);
      skipAttributes(in);
    }
  }

  private static void skipAttributes(ByteBuffer in) {
    for (int left = unsigned(in); left > 0; left--) {
      in.position(in.position() + 2);
      int length = in.getInt();
      if (length < 0) {
        // Going back would read the same attributes for minutes.
        throw new IllegalArgumentException("an attribute of " + length + " bytes");
      }
      in.position(Math.addExact(in.position(), length));
    }
  }

  private static byte[] bytes(ByteBuffer in, int[] constants, int index) {
    int place = constants[index];
    if (in.get(place) != 1) {
      throw new IllegalArgumentException("constant " + index + " is not a text");
    }
    byte[] bytes = new byte[unsigned(in, place + 1)];
    in.get(place + 3, bytes);
    return bytes;
  }

  /** Class files write their texts in the "modified UTF-8" that readUTF reads. */
  private static String text(ByteBuffer in, int[] constants, int index) throws IOException {
    byte[] bytes = bytes(in, constants, index);
    byte[] counted =
        ByteBuffer.allocate(2 + bytes.length).putShort((short) bytes.length).put(bytes).array();
    return new DataInputStream(new ByteArrayInputStream(counted)).readUTF();
  }

  private static int unsigned(ByteBuffer in, int place) {
    return in.getShort(place) & 0xFFFF;
  }

  private static int unsigned(ByteBuffer in) {
    return in.getShort() & 0xFFFF;
  }
}
