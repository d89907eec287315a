package io.github.goldenmaven.mojo;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.http.ProxySettings;
import io.github.goldenmaven.text.Printable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
public final class SettingsCredentials {

  private static final String SET_IT =
      "Set it where Maven runs, or write the value itself into Maven's settings.xml.";

  private final Settings settings;

  /** What Maven left of an expression that stands for nothing. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{env\\.([^}]+)}|^\\$\\{([^}]+)}$");

  private final SettingsDecrypter decrypter;
  private final Consumer<String> warnings;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  /**
   * @param warnings told what is wrong, once each
   */
  SettingsCredentials(Settings settings, SettingsDecrypter decrypter, Consumer<String> warnings) {
    this.settings = settings;
    this.decrypter = decrypter;
    this.warnings = warnings;
  }

  /**
   * What the server of this id says; empty where there is none, or it names no user.
   *
   * @throws RefusedException when user or password is a variable that is not set
   */
  public Optional<Credentials> server(String id) {
    Server server = settings.getServer(id);
    if (server == null || server.getUsername() == null) {
      return Optional.empty();
    }
    String what = "<server> '" + Printable.of(id) + "'";
    unset(what, server.getUsername(), server.getPassword())
        .ifPresent(
            problem -> {
              throw new RefusedException(problem, SET_IT);
            });
    SettingsDecryptionResult result =
        decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
    Server read = isDecrypted(result, what) ? result.getServer() : server;
    return Optional.of(new Credentials(read.getUsername(), orEmpty(read.getPassword())));
  }

  /** The active proxies, their passwords decrypted. */
  List<ProxySettings> proxies() {
    return settings.getProxies().stream().filter(Proxy::isActive).map(this::proxy).toList();
  }

  private ProxySettings proxy(Proxy proxy) {
    String what = "<proxy> '" + Printable.of(String.valueOf(proxy.getId())) + "'";
    Optional<String> unset = unset(what, proxy.getUsername(), proxy.getPassword());
    unset.ifPresent(problem -> warn(problem + " " + SET_IT));
    SettingsDecryptionResult result =
        decrypter.decrypt(new DefaultSettingsDecryptionRequest(proxy));
    Proxy read = isDecrypted(result, what) ? result.getProxy() : proxy;
    return ProxySettings.of(
        orEmpty(read.getProtocol()),
        read.getHost(),
        read.getPort(),
        // A build that needs no proxy needs no password of it: where it does, the proxy says so.
        read.getUsername() == null || unset.isPresent()
            ? null
            : new Credentials(read.getUsername(), orEmpty(read.getPassword())),
        read.getNonProxyHosts());
  }

  /** What is a variable that Maven put nothing in for. */
  private static Optional<String> unset(
      String what, @Nullable String user, @Nullable String password) {
    Matcher name = VARIABLE.matcher(orEmpty(user));
    Matcher secret = VARIABLE.matcher(orEmpty(password));
    boolean isUser = name.find();
    if (!isUser && !secret.find()) {
      return Optional.empty();
    }
    Matcher found = isUser ? name : secret;
    boolean isEnvironment = found.group(1) != null;
    String variable = Printable.of(isEnvironment ? found.group(1) : found.group(2));
    return Optional.of(
        "The %s of the %s in settings.xml is '%s%s}', and there is no %s '%s'."
            .formatted(
                isUser ? "user" : "password",
                what,
                isEnvironment ? "${env." : "${",
                variable,
                isEnvironment ? "environment variable" : "property",
                variable));
  }

  /** Maven itself goes on with what it cannot decrypt, for it may be a password with braces. */
  private boolean isDecrypted(SettingsDecryptionResult result, String what) {
    for (SettingsProblem problem : result.getProblems()) {
      if (problem.getSeverity() != SettingsProblem.Severity.WARNING) {
        warn(
            "The password of the "
                + what
                + " in settings.xml cannot be decrypted, so it is used as it is. If it is"
                + " encrypted, check ~/.m2/settings-security.xml, or encrypt it again with 'mvn"
                + " --encrypt-password'.");
        return false;
      }
    }
    return true;
  }

  private void warn(String warning) {
    if (warned.add(warning)) {
      warnings.accept(warning);
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
