package io.github.goldenmaven.laboratory;

import static io.github.goldenmaven.laboratory.Habit.*;

import java.util.EnumSet;
import java.util.Set;

/** A registry that people have, as the habits that its users report of it. */
public enum Personality {
  GHCR(
      "GitHub Container Registry",
      "a token with `write:packages`; single sign-on authorised for it",
      REFERRERS_LEAD_TO_A_WEB_PAGE),
  DOCKER_HUB(
      "Docker Hub",
      "a login where the limit of anonymous pulls is reached; `docker.io` as the host",
      MANIFESTS_LIE_IN_STORAGE,
      TOKENS_IN_WORDS),
  ECR(
      "Amazon ECR",
      "the repository, created first; a credential helper",
      MOUNTS_ARE_NOT_ALLOWED,
      MANIFESTS_LIE_IN_STORAGE),
  ACR("Azure Container Registry", "a login of `az acr login` or its helper", TAGS_COME_LATE),
  GAR(
      "Google Artifact Registry",
      "the repository, created first; a credential helper",
      ONE_TOKEN_ONE_REPOSITORY,
      ADDRESSES_WITH_BRACES),
  HARBOR(
      "Harbor",
      "the project, created first; a robot account",
      ONE_TOKEN_ONE_REPOSITORY,
      ADDRESSES_WITHOUT_PORT),
  QUAY("Quay", "a robot account", MOUNTS_FAIL, REFERRERS_ARE_A_BAD_REQUEST),
  ARTIFACTORY(
      "JFrog Artifactory",
      "nothing; the path as the reverse proxy has it",
      BYTES_BY_PATCH,
      MANIFESTS_ARE_JSON),
  NEXUS(
      "Sonatype Nexus",
      "a port or a host of its own for the hosted repository; the Docker Bearer Token Realm",
      REFERRERS_ARE_A_PAGE,
      MANIFESTS_ARE_TEXT),
  GITLAB(
      "GitLab",
      "`golden.tokenServers` with GitLab's host where the registry has a domain of its own",
      TOKENS_ELSEWHERE,
      ONE_TOKEN_ONE_REPOSITORY),
  SATELLITE(
      "Red Hat Satellite",
      "the company's CA in `golden.caCertificates`; it serves goldens, applications go elsewhere",
      BYTES_BY_PATCH,
      MOUNTS_ARE_ACCEPTED_NOWHERE,
      BLOBS_ARE_NOT_ASKED_FOR);

  private final String title;
  private final String asked;

  @SuppressWarnings("ImmutableEnumChecker") // Nobody changes them.
  private final Set<Habit> habits;

  Personality(String title, String asked, Habit first, Habit... more) {
    this.title = title;
    this.asked = asked;
    this.habits = EnumSet.of(first, more);
  }

  public String title() {
    return title;
  }

  /** What is asked of the user. */
  public String asked() {
    return asked;
  }

  public Set<Habit> habits() {
    return habits;
  }
}
