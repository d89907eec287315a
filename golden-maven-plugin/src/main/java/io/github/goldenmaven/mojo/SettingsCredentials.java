package io.github.goldenmaven.mojo;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Printable;
import io.github.goldenmaven.registry.Credentials;
import io.github.goldenmaven.registry.ProxySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/**
 * Credentials in Maven's settings.xml: a <code>&lt;server&gt;</code> whose id is the registry's
 * host, its password decrypted only when a registry asks for it.
 */
final class SettingsCredentials {

  private final Settings settings;
  private final SettingsDecrypter decrypter;

  SettingsCredentials(Settings settings, SettingsDecrypter decrypter) {
    this.settings = settings;
    this.decrypter = decrypter;
  }

  /** What the server of this id says; empty where there is none, or it names no user. */
  Optional<Credentials> server(String id) {
    Server server = settings.getServer(id);
    if (server == null || server.getUsername() == null) {
      return Optional.empty();
    }
    SettingsDecryptionResult result =
        decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
    requireDecrypted(result, "<server> '" + server.getId() + "'");
    Server decrypted = result.getServer();
    return Optional.of(new Credentials(decrypted.getUsername(), orEmpty(decrypted.getPassword())));
  }

  /** The active proxies, their passwords decrypted. */
  List<ProxySettings> proxies() {
    List<ProxySettings> proxies = new ArrayList<>();
    for (Proxy proxy : settings.getProxies()) {
      if (proxy.isActive()) {
        SettingsDecryptionResult result =
            decrypter.decrypt(new DefaultSettingsDecryptionRequest(proxy));
        requireDecrypted(result, "<proxy> '" + proxy.getId() + "'");
        Proxy decrypted = result.getProxy();
        proxies.add(
            ProxySettings.of(
                orEmpty(decrypted.getProtocol()),
                decrypted.getHost(),
                decrypted.getPort(),
                decrypted.getUsername() == null
                    ? null
                    : new Credentials(decrypted.getUsername(), orEmpty(decrypted.getPassword())),
                decrypted.getNonProxyHosts()));
      }
    }
    return proxies;
  }

  private static void requireDecrypted(SettingsDecryptionResult result, String what) {
    for (SettingsProblem problem : result.getProblems()) {
      if (problem.getSeverity() != SettingsProblem.Severity.WARNING) {
        throw new RefusedException(
            "The password of the " + Printable.of(what) + " in settings.xml cannot be decrypted.",
            "Look at ~/.m2/settings-security.xml, or encrypt it again with 'mvn"
                + " --encrypt-password'.");
      }
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
