package io.github.goldenmaven.registry.errors;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.registry.credentials.CredentialSource;
import io.github.goldenmaven.registry.http.Access;
import io.github.goldenmaven.registry.http.Origin;
import io.github.goldenmaven.registry.http.Party;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.http.Response;
import io.github.goldenmaven.registry.http.SecretRedactor;
import io.github.goldenmaven.registry.http.Timeouts;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong with one server, each with the remedy that cures it, naming who was really
 * spoken to. Never shows an address's query, a header or a secret: credentials travel there.
 *
 * @param server what to call it, {@code The registry 'registry.example:5000'}
 * @param kind {@code registry} or {@code token server}
 * @param host as a reference names it
 * @param own where it is spoken to, with its port where that is not the scheme's
 * @param sent what a server may say again, and nobody shall read
 */
public record RegistryErrors(
    String server,
    String kind,
    String host,
    String own,
    Timeouts timeouts,
    CredentialSource credentials,
    SecretRedactor sent) {

  static final String REGISTRY = "registry";

  static final String PARAMETERS =
      "<base> (-Dgolden.base), <image> (-Dgolden.image), or 'from' or 'to' of golden.yaml";

  public static RegistryErrors of(String host, RegistryAccess access, SecretRedactor sent) {
    String own = Origin.api(host);
    return new RegistryErrors(
        "The registry '"
            + Printable.of(host)
            + "'"
            + (own.equals(host) ? "" : " ('" + Origin.of("https", own).address() + "')"),
        REGISTRY,
        host,
        own,
        access.timeouts(),
        access.credentials(),
        sent);
  }

  /** Of the token server that a registry sends us to. */
  public RegistryErrors ofTokenServer(Origin at) {
    return new RegistryErrors(
        "The token server '" + Printable.of(at.hostAndPort()) + "' of '" + host + "'",
        "token server",
        host,
        at.hostAndPort(),
        timeouts,
        credentials,
        sent);
  }

  /** Who it really was, as the beginning of a sentence. */
  String who(@Nullable Party party) {
    Origin at = party == null ? null : Origin.of(party.uri());
    if (party == null || at == null || at.equals(Origin.of(at.scheme(), own))) {
      return server + (party == null ? "" : party.through());
    }
    return "The server '"
        + party.address()
        + "', where "
        + server.replaceFirst("^T", "t")
        + " sends us,"
        + (party.proxyOrNull() == null ? "" : party.through().substring(1));
  }

  /** No answer came. */
  public GoldenException unreachable(IOException fault) {
    return NoAnswer.of(this, fault);
  }

  UnavailableException askedToWait(Response answer, Duration wait) {
    return new UnavailableException(
        who(answer.party())
            + " answers "
            + answer.status()
            + " and asks to wait "
            + Retries.spoken(wait)
            + "."
            + said(answer).sentence(),
        answer.status() == 429
            ? "Its limit is reached: run the build later, or log in where that raises the limit."
            : "Run the build again when it is back.");
  }

  UnavailableException keepsAnswering(Response answer, int times) {
    return new UnavailableException(
        "%s answered %s %s times.%s"
            .formatted(who(answer.party()), answer.status(), times, said(answer).sentence()),
        answer.status() == 429
            ? "Its limit is reached: run the build later, or log in where that raises the limit."
            : "Run the build again when it is well; its log says what is wrong.");
  }

  /** Of answers with 401 and 403. */
  public Denials denials() {
    return new Denials(this);
  }

  /** An answer that nothing was prepared for; reads its body. */
  public GoldenException unexpected(String doing, Access access, Response answer) {
    return switch (answer.status()) {
      case 401 -> denials().notAuthenticated(access, true, answer);
      case 403 -> denials().notAllowed(access, answer);
      case 413 ->
          new RefusedException(
              "%s refuses %s as too large (413).%s"
                  .formatted(who(answer.party()), doing, said(answer).sentence()),
              "Raise the body limit of the registry, or of the proxy in front of it.");
      default -> unexpected(doing, answer, said(answer));
    };
  }

  /** The same, where the body was read already. */
  public UnavailableException unexpected(String doing, Response answer, Said said) {
    return new UnavailableException(
        "%s answered %s to %s.%s"
            .formatted(who(answer.party()), answer.status(), doing, said.sentence()),
        remedy(doing, answer.status(), said));
  }

  /** What a status means wherever it comes from, else what the server says. */
  private static String remedy(String doing, int status, Said said) {
    boolean sends = doing.startsWith("the upload");
    if (status == 507) {
      return "Make room in the registry's storage, or have it made.";
    }
    if (said.isForeign()) {
      return "Look at what stands between it and us: a proxy or a gateway answers in its place.";
    }
    if (sends && status == 405) {
      return "Look whether the registry is in read-only mode, or a mirror that takes no images.";
    }
    if (sends
        && (status == 409
            || status == 412
            || said.sentence().toLowerCase(Locale.ROOT).contains("immutable"))) {
      return "Where this registry lets no tag be moved, name another in <image> (-Dgolden.image),"
          + " <to> (-Dgolden.to) or 'version' of golden.yaml.";
    }
    return status < 500 && !said.sentence().isEmpty()
        ? "Where its words do not help, look at the registry's log for this request."
        : "Look at the registry's log for this request.";
  }

  /** A success that is a page, or no document at all: whatever answers there is no registry. */
  public UnavailableException foreign(String doing, Response answer, byte[] body) {
    String text = sent.hidden(new String(body, answer.charset()).strip());
    return new UnavailableException(
        who(answer.party())
            + " answered "
            + answer.status()
            + " to "
            + doing
            + (text.isEmpty()
                ? ", and there is nothing in its answer"
                : ", and this is no " + kind + "'s answer: '" + Printable.of(Said.page(text)) + "'")
            + (answer.contentType().isEmpty()
                ? ""
                : " (" + Printable.of(answer.contentType()) + ")")
            + ".",
        "Look at what stands between it and us: a proxy, a gateway or a login page answers in its"
            + " place.");
  }

  /** The server's own words. */
  public Said said(Response answer) {
    return Said.in(answer, sent, timeouts.answer(), kind);
  }
}
