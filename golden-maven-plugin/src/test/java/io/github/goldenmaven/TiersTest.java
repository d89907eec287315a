package io.github.goldenmaven;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import io.github.goldenmaven.peers.NeedsPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * {@code mvn test} starts no server, needs no root and installs nothing: what does carries {@link
 * NeedsPeer} (a property has jqwik's own tag), and Maven runs it in {@code verify}.
 */
class TiersTest {

  /** What a server begins with; {@code Machine.require} is what may install one. */
  private static final Set<String> DOORS =
      Set.of(
          "com.sun.net.httpserver.HttpServer.create",
          "com.sun.net.httpserver.HttpsServer.create",
          "java.net.ServerSocket.<init>",
          "java.nio.channels.ServerSocketChannel.open",
          "javax.net.ServerSocketFactory.createServerSocket",
          "io.github.goldenmaven.peers.Machine.require");

  private static final List<Class<? extends Annotation>> TESTS =
      List.of(Test.class, ParameterizedTest.class, Property.class, Example.class);

  private static final List<Class<? extends Annotation>> AROUND =
      List.of(BeforeAll.class, BeforeEach.class, AfterAll.class, AfterEach.class);

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importLocations(List.of(Location.of(compiled())));

  private static final Map<String, List<JavaCodeUnit>> OVERRIDES = overrides();

  private static URI compiled() {
    try {
      return TiersTest.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void aTestThatStartsAServerSaysSo() {
    List<String> untold = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        if (TESTS.stream().anyMatch(unit::isAnnotatedWith) && !isTagged(type) && !isTagged(unit)) {
          reached(unit)
              .ifPresent(door -> untold.add(type.getName() + "#" + unit.getName() + ": " + door));
        }
      }
    }
    assertThat(String.join("\n", untold)).isEmpty();
  }

  @Test
  void aDoorIsFoundBehindFieldsHelpersAndInterfaces() {
    assertThat(reached(unit("asksAServer"))).isPresent();
    assertThat(reached(unit("asksNobody"))).isEmpty();
  }

  private static JavaCodeUnit unit(String name) {
    return CLASSES.get(Asking.class).getMethod(name);
  }

  /** Somebody who is asked. */
  interface Asked {
    int port() throws IOException;
  }

  /** A server behind an interface. */
  static final class Server implements Asked {
    @Override
    public int port() throws IOException {
      try (ServerSocket socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      }
    }
  }

  /** Two methods as tests have them. */
  static final class Asking {

    private static int asked(Asked somebody) throws IOException {
      return somebody.port();
    }

    static int asksAServer() throws IOException {
      return Stream.of(new Server()).mapToInt(Asking::quietly).sum();
    }

    private static int quietly(Asked somebody) {
      try {
        return asked(somebody);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static int asksNobody() {
      return Integer.parseInt("1");
    }
  }

  private static boolean isTagged(CanBeAnnotated annotated) {
    return annotated.isAnnotatedWith(NeedsPeer.class)
        || annotated.isAnnotatedWith(net.jqwik.api.Tag.class);
  }

  /** The first door that a test comes to, with its path: through the tests' own code only. */
  private static Optional<String> reached(JavaCodeUnit test) {
    Deque<JavaCodeUnit> open = new ArrayDeque<>(List.of(test));
    Stream.concat(
            test.getOwner().getAllMethods().stream(), test.getOwner().getConstructors().stream())
        .filter(unit -> unit.isConstructor() || AROUND.stream().anyMatch(unit::isAnnotatedWith))
        .forEach(open::add);
    Set<JavaCodeUnit> seen = new HashSet<>(open);
    initializer(test.getOwner()).filter(seen::add).forEach(open::add);
    while (!open.isEmpty()) {
      JavaCodeUnit unit = open.remove();
      for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
        String door = access.getTargetOwner().getName() + "." + access.getTarget().getName();
        if (DOORS.contains(door)) {
          return Optional.of(door + " in " + unit.getFullName());
        }
        targets(access).filter(seen::add).forEach(open::add);
      }
    }
    return Optional.empty();
  }

  private static Stream<JavaCodeUnit> initializer(JavaClass type) {
    return type.getStaticInitializer().stream().map(JavaCodeUnit.class::cast);
  }

  /** What is called, in each class that overrides it, and what the class does when it is loaded. */
  private static Stream<JavaCodeUnit> targets(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    if (!CLASSES.contain(owner.getName())) {
      return Stream.of();
    }
    Stream<JavaCodeUnit> called =
        access.getTarget() instanceof CodeUnitAccessTarget target
            ? Stream.concat(
                target.resolveMember().stream().map(JavaCodeUnit.class::cast),
                OVERRIDES
                    .getOrDefault(owner.getName() + "." + target.getName(), List.of())
                    .stream())
            : Stream.of();
    return Stream.concat(initializer(owner), called);
  }

  private static Map<String, List<JavaCodeUnit>> overrides() {
    return CLASSES.stream()
        .flatMap(type -> type.getMethods().stream())
        .flatMap(
            method ->
                Stream.concat(
                        method.getOwner().getAllRawSuperclasses().stream(),
                        method.getOwner().getAllRawInterfaces().stream())
                    .filter(above -> CLASSES.contain(above.getName()))
                    .map(above -> Map.entry(above.getName() + "." + method.getName(), method)))
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }
}
