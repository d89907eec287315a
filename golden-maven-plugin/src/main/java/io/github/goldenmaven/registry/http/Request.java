package io.github.goldenmaven.registry.http;

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
public record Request(
    String method,
    URI target,
    Map<String, String> headers,
    @Nullable Payload payload,
    Access access,
    boolean optional) {

  public static Request get(String path, Access access) {
    return new Request("GET", URI.create(path), Map.of(), null, access, false);
  }

  public static Request of(String method, URI target, Access access) {
    return new Request(method, target, Map.of(), null, access, false);
  }

  public Request asOptional() {
    return new Request(method, target, headers, payload, access, true);
  }

  public Request with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Request(method, target, more, payload, access, optional);
  }

  public Request with(Payload body) {
    return new Request(method, target, headers, body, access, optional);
  }

  public Request at(URI address) {
    return new Request(method, address, headers, payload, access, optional);
  }
}
