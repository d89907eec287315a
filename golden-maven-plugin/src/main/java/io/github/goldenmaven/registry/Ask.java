package io.github.goldenmaven.registry;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, before it is known over which scheme and with which credentials it goes.
 *
 * @param target relative to the registry, {@code /v2/…}, or an absolute address it handed out
 * @param headers never an {@code Authorization}
 * @param optional whether a redirect to where we do not go is an answer too, for a question that
 *     not every registry understands
 */
record Ask(
    String method,
    URI target,
    Map<String, String> headers,
    @Nullable Payload payload,
    Access access,
    boolean optional) {

  static Ask get(String path, Access access) {
    return new Ask("GET", URI.create(path), Map.of(), null, access, false);
  }

  static Ask of(String method, URI target, Access access) {
    return new Ask(method, target, Map.of(), null, access, false);
  }

  Ask asOptional() {
    return new Ask(method, target, headers, payload, access, true);
  }

  Ask with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Ask(method, target, more, payload, access, optional);
  }

  Ask with(Payload body) {
    return new Ask(method, target, headers, body, access, optional);
  }

  Ask at(URI address) {
    return new Ask(method, address, headers, payload, access, optional);
  }
}
