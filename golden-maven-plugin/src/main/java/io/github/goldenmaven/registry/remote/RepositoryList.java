package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.registry.http.Access;
import io.github.goldenmaven.registry.http.Request;
import io.github.goldenmaven.registry.http.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A registry's repositories, page by page, where it lists them: Docker Hub and others do not.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/api/#listing-repositories">
 *     distribution, listing repositories</a>
 */
final class RepositoryList {

  private static final int PAGE = 1000;
  private static final int MAX = 10_000;
  private static final String DOING = "our request for the repositories";
  private static final int MAX_PAGES = 64;

  private RepositoryList() {}

  static List<String> read(RegistryHost host) {
    Access access = new Access("", false, Set.of("registry:catalog:*"));
    Request ask = Request.get("/v2/_catalog?n=" + PAGE, access);
    List<String> repositories = new ArrayList<>();
    for (int page = 0; page < MAX_PAGES && repositories.size() <= MAX; page++) {
      Response answer = host.document(ask);
      if (answer.status() == 404 || answer.status() == 405) {
        answer.discard();
        throw new RefusedException(
            host.failures().server() + " does not list its repositories.",
            "Write each repository in <fleet> or -Dgolden.fleet, without '*' in its path.");
      }
      if (answer.status() != 200) {
        throw host.failures().unexpected(DOING, access, answer);
      }
      Optional<URI> next = NextPage.of(host, answer);
      repositories.addAll(host.names(answer, DOING, "repositories"));
      if (next.isEmpty()) {
        return List.copyOf(repositories);
      }
      ask = ask.at(next.get());
    }
    throw new RefusedException(
        host.failures().server() + " lists more than " + MAX + " repositories.",
        "Write the repositories in <fleet> or -Dgolden.fleet, without '*' in their paths.");
  }
}
