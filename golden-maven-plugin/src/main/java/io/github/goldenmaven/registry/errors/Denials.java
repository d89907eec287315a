package io.github.goldenmaven.registry.errors;

import io.github.goldenmaven.DeniedException;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.registry.http.Access;
import io.github.goldenmaven.registry.http.Challenge;
import io.github.goldenmaven.registry.http.Response;
import io.github.goldenmaven.text.Printable;
import java.util.List;
import java.util.stream.Collectors;

/** What a server says to somebody it does not know, or does not let: 401 and 403. */
public record Denials(RegistryErrors failures) {

  /** 401, before any credentials were shown, or after. */
  public DeniedException notAuthenticated(Access access, boolean withCredentials, Response answer) {
    String who = failures.who(answer.party());
    String sentence = failures.said(answer).sentence();
    if (withCredentials) {
      return notAccepted(access, who, sentence);
    }
    List<String> asked = answer.headers().allValues("WWW-Authenticate");
    if (failures.kind().equals(RegistryErrors.REGISTRY) && Challenge.strongest(asked).isEmpty()) {
      return unspoken(access, asked, who, sentence);
    }
    return new DeniedException(
        "%s asks for credentials to %s, and there are none in %s.%s"
            .formatted(who, deed(access), failures.credentials().description(), sentence),
        ("Put them into a <server> with the id '%s' in Maven's settings.xml, or run 'docker login"
                + " %s'.")
            .formatted(failures.host(), failures.host()));
  }

  private DeniedException notAccepted(Access access, String who, String sentence) {
    return new DeniedException(
        who
            + " does not accept the credentials found for "
            + (failures.kind().equals(RegistryErrors.REGISTRY) ? "it" : "'" + failures.host() + "'")
            + " in "
            + failures.credentials().description()
            + ", to "
            + deed(access)
            + "."
            + sentence,
        ("Renew them: in the <server> with the id '%s' in Maven's settings.xml, or with 'docker"
                + " login %s'.")
            .formatted(failures.host(), failures.host()));
  }

  /** 401 although the login was good for a token: what the token allows is not enough. */
  public DeniedException tokenNotEnough(Access access, Response answer) {
    return new DeniedException(
        failures.who(answer.party())
            + " does not let us "
            + deed(access)
            + " with the token that the credentials found in "
            + failures.credentials().description()
            + " were good for."
            + failures.said(answer).sentence(),
        ("Have the account of '%s' given that right, or name another repository in %s; where it has"
                + " the right, look at the registry's clock and token configuration.")
            .formatted(failures.host(), parameter(access)));
  }

  /** 401 by schemes that nobody here speaks, or by none: no credentials were ever looked for. */
  private static DeniedException unspoken(
      Access access, List<String> asked, String who, String sentence) {
    String schemes =
        asked.stream()
            .flatMap(header -> Challenge.parse(header).stream())
            .map(challenge -> Printable.of(challenge.scheme(), 40))
            .distinct()
            .limit(4)
            .collect(Collectors.joining("', '"));
    return new DeniedException(
        who
            + " asks for credentials to "
            + deed(access)
            + (schemes.isEmpty()
                ? " and does not say how (no WWW-Authenticate that can be read)."
                : " in a way that is not spoken here: '" + schemes + "'.")
            + sentence,
        "Have it, or what stands in front of it, ask for a password (Basic) or a token (Bearer with"
            + " a realm).");
  }

  /** 403. A proxy's page is no right that an account lacks. */
  public GoldenException notAllowed(Access access, Response answer) {
    Said said = failures.said(answer);
    if (said.isForeign()) {
      return answeredByAnother(access, answer, said);
    }
    if (said.sentence().isEmpty()) {
      return new DeniedException(
          failures.who(answer.party()) + " does not allow us to " + deed(access) + ".",
          "Have the account of '%s' given that right, or name another repository in %s."
              .formatted(failures.host(), parameter(access)));
    }
    return new DeniedException(
        "%s refuses to let us %s (%s).%s"
            .formatted(
                failures.who(answer.party()), deed(access), answer.status(), said.sentence()),
        ("Where that is a right that the account of '%s' lacks, have it given, or name another"
                + " repository in %s.")
            .formatted(failures.host(), parameter(access)));
  }

  private UnavailableException answeredByAnother(Access access, Response answer, Said said) {
    return new UnavailableException(
        "%s answered %s where we are to %s.%s"
            .formatted(
                failures.who(answer.party()), answer.status(), deed(access), said.sentence()),
        "Look at what stands between it and us: a proxy or a gateway answers in its place.");
  }

  private static String deed(Access access) {
    return (access.push() ? "push to '" : "pull from '") + access.repository() + "'";
  }

  private static String parameter(Access access) {
    return access.push()
        ? "<image> (-Dgolden.image) or 'to' of golden.yaml"
        : RegistryErrors.PARAMETERS;
  }
}
