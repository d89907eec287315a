package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.http.Access;
import io.github.goldenmaven.registry.http.Request;
import io.github.goldenmaven.registry.http.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A repository's tags, page by page.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#listing-tags">OCI
 *     distribution spec, listing tags</a>
 */
final class TagList {

  private static final String DOING = "our request for the tags";
  private static final int MAX_PAGES = 32;

  private TagList() {}

  static List<String> read(RegistryHost host, String repository) {
    Access access = Access.pull(repository);
    Request ask = Request.get("/v2/" + repository + "/tags/list?n=" + ImageSource.MAX_TAGS, access);
    List<String> tags = new ArrayList<>();
    for (int page = 0; page < MAX_PAGES && tags.size() < ImageSource.MAX_TAGS; page++) {
      Response answer = host.document(ask);
      if (answer.status() == 404) {
        answer.discard();
        return List.of();
      }
      if (answer.status() != 200) {
        throw host.failures().unexpected(DOING, access, answer);
      }
      Optional<URI> next = NextPage.of(host, answer);
      tags.addAll(host.names(answer, DOING, "tags"));
      if (next.isEmpty()) {
        break;
      }
      ask = ask.at(next.get());
    }
    return tags.stream().filter(RegistryReference::isTag).limit(ImageSource.MAX_TAGS).toList();
  }
}
