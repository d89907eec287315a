package io.github.goldenmaven.verify;

import io.github.goldenmaven.verify.Suspicion.Kind;
import java.util.List;

/** B11, B13: one kind of thing that a service's own layers must not do. */
final class UpperLayer implements Rule {

  private final Kind kind;
  private final String expected;
  private final About about;

  private UpperLayer(Kind kind, String expected, String title, String why, String remedy) {
    this.kind = kind;
    this.expected = expected;
    this.about = new About("UPPER_" + kind, title, why, remedy, true);
  }

  /** A rule for each kind. */
  static List<Rule> all() {
    return List.of(
        new UpperLayer(
            Kind.WHITEOUT,
            "the golden's files left where they are",
            "The service removes nothing of its golden image",
            "A layer that removes the company's policy, agent or certificates leaves the golden's"
                + " layers as they are, and the golden image without effect.",
            "Leave the golden's files alone; what nobody needs is removed from the golden image"
                + " itself."),
        new UpperLayer(
            Kind.PROTECTED_PATH,
            "nothing at a protected path",
            "The service replaces nothing that its golden image protects",
            "A trust store, a JVM, a user list or a library replaced above the golden's layers is"
                + " what runs; the golden's own is only still there to be shown.",
            "Put the service's files elsewhere, like /app; have what all services need baked into"
                + " the golden image."),
        new UpperLayer(
            Kind.LINK,
            "links that stay in the service's own folders",
            "No link leads around the protection",
            "A folder turned into a link, or a hard link to a protected file, changes the file"
                + " under another name.",
            "Replace the link by a file of the service's own."),
        new UpperLayer(
            Kind.PRIVILEGE,
            "files without set-user-ID, set-group-ID and capabilities",
            "The service brings no way to more rights",
            "A set-user-ID program gives whoever takes over the service root's rights.",
            "Take the bits away; a tool that needs them is the golden image's business."),
        new UpperLayer(
            Kind.DEVICE,
            "files, folders and links only",
            "The service brings no devices and pipes",
            "A device node is a door to the machine below.",
            "Leave it out; containers get devices from their runtime."),
        new UpperLayer(
            Kind.DUPLICATE,
            "one entry for each path of a layer",
            "No layer has one path twice",
            "Readers differ on which of two entries counts: what is scanned may not be what runs.",
            "Have the image built again by a tool that writes each path once."),
        new UpperLayer(
            Kind.SECRET,
            "no file that is a secret by its name",
            "The service carries no secrets",
            "Whoever can pull the image has the key, for as long as the image exists.",
            "Leave the file out, renew the secret, and hand it over when the service starts."));
  }

  @Override
  public About about() {
    return about;
  }

  @Override
  public List<Finding> check(Subject subject) {
    return subject.upper().suspicions().stream()
        .filter(suspicion -> suspicion.kind() == kind)
        .map(
            suspicion ->
                Finding.refuse(
                    about,
                    expected,
                    suspicion.detail(),
                    subject.where()
                        + ", "
                        + suspicion.path()
                        + " in layer "
                        + suspicion.layer().shortHex()))
        .toList();
  }
}
