package io.github.goldenmaven.registry.credentials.jib;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.plugins.common.DefaultCredentialRetrievers;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.concurrent.BackgroundTask;
import io.github.goldenmaven.registry.credentials.CredentialPlaces;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.text.Printable;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What jib knows of other tools' credentials. Of what it logs only three forms are passed on: the
 * rest may quote a helper's output, and a helper's output is a secret.
 */
public final class JibCredentials implements CredentialPlaces {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Pattern NOT_INSTALLED =
      Pattern.compile("The system does not have (\\S+) CLI");
  private static final Pattern NOTHING =
      Pattern.compile(
          "The credential helper \\(([^)\\s]+)\\) has nothing for server URL: .*", Pattern.DOTALL);
  private static final Pattern NOT_READABLE =
      Pattern.compile("Unable to parse Docker config file: (.+)");

  @Override
  public Optional<Credentials> find(String host, boolean filesAreKnown, Consumer<String> notes) {
    try {
      return BackgroundTask.start(
              "golden-maven credentials",
              () -> search(places(host, filesAreKnown, event -> note(event, notes)), notes))
          .result(PATIENCE, "it looked for credentials of '" + host + "'")
          .orElseThrow(() -> hanging(host));
    } catch (GoldenException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      // It may quote a secret: it is neither shown nor kept.
      notes.accept("one of them could not be read");
      return Optional.empty();
    }
  }

  private static UnavailableException hanging(String host) {
    return new UnavailableException(
        "A credential helper for '%s' has been running for %s seconds."
            .formatted(host, PATIENCE.toSeconds()),
        "Look whether it asks something on a screen, or put the credentials into a <server> with"
            + " the id '"
            + host
            + "' in Maven's settings.xml.");
  }

  private static Optional<Credentials> search(
      List<CredentialRetriever> places, Consumer<String> notes) {
    for (CredentialRetriever place : places) {
      try {
        Optional<Credential> found = place.retrieve();
        if (found.isPresent()) {
          return found.map(
              credential -> new Credentials(credential.getUsername(), credential.getPassword()));
        }
      } catch (CredentialRetrievalException | RuntimeException e) {
        notes.accept("one of them could not be read");
      }
    }
    return Optional.empty();
  }

  private static List<CredentialRetriever> places(
      String host, boolean filesAreKnown, Consumer<LogEvent> log) {
    CredentialRetrieverFactory factory =
        CredentialRetrieverFactory.forImage(ImageReference.of(host, "any", null), log);
    try {
      return filesAreKnown
          ? List.of(
              factory.wellKnownCredentialHelpers(), factory.googleApplicationDefaultCredentials())
          : DefaultCredentialRetrievers.init(factory).asList();
    } catch (FileNotFoundException e) {
      throw new IllegalStateException("only a helper given by name can be missing", e);
    }
  }

  private static void note(LogEvent event, Consumer<String> notes) {
    String said = event.getMessage();
    Matcher notInstalled = NOT_INSTALLED.matcher(said);
    Matcher nothing = NOTHING.matcher(said);
    Matcher notReadable = NOT_READABLE.matcher(said);
    if (notInstalled.matches()) {
      notes.accept("'" + Printable.of(notInstalled.group(1)) + "' is not installed");
    } else if (nothing.matches()) {
      notes.accept("'" + Printable.of(nothing.group(1)) + "' gave none");
    } else if (notReadable.matches()) {
      notes.accept("'" + Printable.of(notReadable.group(1)) + "' is not readable");
    } else if (event.getLevel() == LogEvent.Level.WARN && !said.startsWith(" ")) {
      notes.accept("a credential helper failed");
    }
  }
}
