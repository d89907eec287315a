package io.github.goldenmaven.registry.http;

import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.credentials.Credentials;
import java.util.Optional;

/** What the tests of this subject share. */
abstract class HttpTransportFixture {

  static final String BASIC = "Basic dXNlcjpzZWNyZXQ=";

  static final RegistryAccess WITH_CREDENTIALS =
      RegistryAccess.ANONYMOUS.withCredentials(
          host -> Optional.of(new Credentials("user", "secret")));

  static final SmallImage IMAGE = SmallImage.named("golden");
}
