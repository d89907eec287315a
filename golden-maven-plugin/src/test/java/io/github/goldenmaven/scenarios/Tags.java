package io.github.goldenmaven.scenarios;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The tags of one repository, asked of a registry that speaks plain HTTP. */
public final class Tags {

  private Tags() {}

  /**
   * Empty also where there is no such repository.
   *
   * @param repository like {@code localhost:5000/apps/orders}
   */
  public static List<String> of(String repository) throws IOException {
    int slash = repository.indexOf('/');
    URI uri =
        URI.create(
            "http://"
                + repository.substring(0, slash)
                + "/v2/"
                + repository.substring(slash + 1)
                + "/tags/list");
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    if (connection.getResponseCode() == HttpURLConnection.HTTP_NOT_FOUND) {
      return List.of();
    }
    try (InputStream in = connection.getInputStream()) {
      JsonElement tags =
          JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
              .getAsJsonObject()
              .get("tags");
      List<String> names = new ArrayList<>();
      if (tags.isJsonArray()) {
        tags.getAsJsonArray().forEach(tag -> names.add(tag.getAsString()));
      }
      return names;
    }
  }
}
