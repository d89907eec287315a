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

  /**
   * Tags that begin so, all with an empty prefix. Some registries begin the list there, others hand
   * out all.
   */
  static List<String> read(RegistryHost host, String repository, String prefix) {
    Access access = Access.pull(repository);
    String after = prefix.isEmpty() ? "" : "&last=" + prefix.substring(0, prefix.length() - 1);
    Request ask =
        Request.get("/v2/" + repository + "/tags/list?n=" + ImageSource.MAX_TAGS + after, access);
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
      List<String> names = host.names(answer, DOING, "tags");
      names.stream().filter(name -> name.startsWith(prefix)).forEach(tags::add);
      if (next.isEmpty() || isBeyond(names, prefix)) {
        break;
      }
      ask = ask.at(next.get());
    }
    return tags.stream().filter(RegistryReference::isTag).limit(ImageSource.MAX_TAGS).toList();
  }

  /** Whether no later name can begin so: names come in order, unless a registry has none. */
  private static boolean isBeyond(List<String> names, String prefix) {
    return !prefix.isEmpty()
        && !names.isEmpty()
        && names.stream().sorted().toList().equals(names)
        && names.get(names.size() - 1).compareTo(prefix) > 0
        && !names.get(names.size() - 1).startsWith(prefix);
  }
}
