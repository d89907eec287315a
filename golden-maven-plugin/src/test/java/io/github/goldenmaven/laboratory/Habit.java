package io.github.goldenmaven.laboratory;

/**
 * Something that registries do and the specification does not say.
 *
 * @see Laboratory
 */
public enum Habit {
  REFERRERS_LEAD_TO_A_WEB_PAGE(
      "the referrers API answers 303 to a page of the web site",
      "reported by users of GHCR; no public document"),
  REFERRERS_ARE_A_BAD_REQUEST(
      "the referrers API answers 400", "registries of OCI distribution spec 1.0"),
  REFERRERS_ARE_NOT_IMPLEMENTED("the referrers API answers 501", "RFC 9110, section 15.6.2"),
  REFERRERS_ARE_A_PAGE(
      "every path it does not know is the page of its user interface",
      "user interfaces that serve one page for every path"),
  MANIFESTS_LIE_IN_STORAGE(
      "a manifest comes by redirect from object storage, as binary/octet-stream",
      "Amazon S3, object metadata"),
  MANIFESTS_ARE_JSON("a manifest is application/json", "OCI distribution spec, pulling manifests"),
  MANIFESTS_ARE_TEXT("a manifest is text/plain", "RFC 9110, section 8.3"),
  MOUNTS_FAIL(
      "a mount is answered with 500",
      "opencontainers/distribution-spec#275: other answers than 201 and 202"),
  MOUNTS_ARE_NOT_ALLOWED(
      "a mount is answered with 405",
      "opencontainers/distribution-spec#275: other answers than 201 and 202"),
  MOUNTS_ARE_ACCEPTED_NOWHERE(
      "a mount is answered with 202 and no Location",
      "a mount that is refused half-way; OCI distribution spec, mounting a blob"),
  MOUNTS_ARE_SAID_AND_NOT_DONE(
      "a mount is answered with 201, and the blob is not there",
      "a registry that loses a link to a blob"),
  BLOBS_ARE_NOT_ASKED_FOR("HEAD of a blob is answered with 403", "presigned addresses of storage"),
  ONE_TOKEN_ONE_REPOSITORY(
      "a token is for one repository; a request for two is refused",
      "google/go-containerregistry#1404, oras-project/oras#1892 (Harbor)"),
  TOKENS_ELSEWHERE(
      "the token server has another name than the registry",
      "GitLab, container registry under its own domain"),
  TOKENS_IN_WORDS("expires_in is text", "distribution, token authentication"),
  BYTES_BY_PATCH(
      "PUT takes no bytes, PATCH does",
      "containerd/containerd#3533 (JFrog), pulp/pulp_container#1219 (Satellite)"),
  TAGS_COME_LATE("a tag is not readable right after its push", "eventually consistent storage"),
  ADDRESSES_WITH_BRACES(
      "the address of an upload has blanks and braces in it", "Go, net/url.URL.EscapedPath"),
  ADDRESSES_WITHOUT_PORT(
      "the address of an upload lacks the port", "a reverse proxy without X-Forwarded-Port");

  private final String does;
  private final String source;

  Habit(String does, String source) {
    this.does = does;
    this.source = source;
  }

  /** What it does, as part of a sentence. */
  public String does() {
    return does;
  }

  /** Where it is described, or what it is a case of. */
  public String source() {
    return source;
  }
}
