package io.github.goldenmaven.jenkins.program;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.marshalling.AbstractClassResolver;
import org.jboss.marshalling.Marshaller;
import org.jboss.marshalling.MarshallerFactory;
import org.jboss.marshalling.Marshalling;
import org.jboss.marshalling.MarshallingConfiguration;
import org.jboss.marshalling.Unmarshaller;
import org.jboss.marshalling.river.RiverMarshallerFactory;

/** Saves a program and loads it into other classes, in the format that Jenkins uses. */
public final class ProgramStore {

  private static final MarshallerFactory RIVER = new RiverMarshallerFactory();
  private static final Pattern FIELD = Pattern.compile("in field ([^\\s]+)");

  private ProgramStore() {}

  /**
   * Saves a program.
   *
   * @throws NotSerializableException if it holds something that cannot be saved; the message names
   *     the class and the field that refers to it
   */
  public static byte[] save(Serializable program) throws NotSerializableException {
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    try (Marshaller marshaller =
        RIVER.createMarshaller(configuration(ProgramStore.class.getClassLoader()))) {
      marshaller.start(Marshalling.createByteOutput(saved));
      marshaller.writeObject(program);
      marshaller.finish();
      return saved.toByteArray();
    } catch (NotSerializableException unsaved) {
      throw unsaved;
    } catch (IOException | RuntimeException failed) {
      throw new NotSerializableException(failed.toString());
    }
  }

  /**
   * Loads a program.
   *
   * @param loader where its classes are found
   * @throws IOException if it cannot be loaded, for example because a class is no longer there
   */
  public static Object load(byte[] saved, ClassLoader loader) throws IOException {
    try (Unmarshaller unmarshaller = RIVER.createUnmarshaller(configuration(loader))) {
      unmarshaller.start(Marshalling.createByteInput(new ByteArrayInputStream(saved)));
      Object program = unmarshaller.readObject();
      unmarshaller.finish();
      return program;
    } catch (ClassNotFoundException missing) {
      throw new IOException("the program's class '" + missing.getMessage() + "' is gone", missing);
    }
  }

  /** The fields that refer to the unsaved object, as far as the failure names them. */
  public static String heldBy(Throwable failure) {
    StringBuilder held = new StringBuilder();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      Matcher field = FIELD.matcher(String.valueOf(at.getMessage()));
      if (field.find()) {
        held.append(held.isEmpty() ? "" : ", ").append(field.group(1));
      }
    }
    return held.toString();
  }

  private static MarshallingConfiguration configuration(ClassLoader loader) {
    MarshallingConfiguration configuration = new MarshallingConfiguration();
    configuration.setVersion(4);
    configuration.setClassResolver(
        new AbstractClassResolver(true) {
          @Override
          protected ClassLoader getClassLoader() {
            return loader;
          }
        });
    return configuration;
  }
}
