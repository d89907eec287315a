package io.github.goldenmaven.registry.http;

import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.credentials.Credentials;
import java.util.Optional;

/** What the tests of this subject share. */
abstract class HttpTransportFixture {

  static final String BASIC = "Basic dXNlcjpzZWNyZXQ=";

  static final RegistryAccess WITH_CREDENTIALS =
      AccessOfTests.anonymous()
          .withCredentials(host -> Optional.of(new Credentials("user", "secret")))
          .access();

  static final SmallImage IMAGE = SmallImage.named("golden");
}
