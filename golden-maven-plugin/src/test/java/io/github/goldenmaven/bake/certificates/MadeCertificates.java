package io.github.goldenmaven.bake.certificates;

import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.Machine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Certificates that sign themselves, made with openssl, valid from 2026-01-01 to 2036-01-01. */
public record MadeCertificates(Path folder) {

  /** A day on which they are valid, and of no warning. */
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private static final String CONFIG =
      """
      [req]
      distinguished_name = name
      prompt = no
      [name]
      [authority]
      basicConstraints = critical, CA:TRUE
      [service]
      basicConstraints = critical, CA:FALSE
      [ca]
      default_ca = here
      [here]
      database = FOLDER/index.txt
      new_certs_dir = FOLDER
      rand_serial = yes
      unique_subject = no
      policy = any
      default_md = sha256
      [any]
      CN = optional
      """;

  /** Of an authority with a key on the curve P-256. */
  Path authority(String name, String subject) {
    return authority(name, subject, "EC", "ec_paramgen_curve:P-256");
  }

  Path authority(String name, String subject, String algorithm, String option) {
    openssl("genpkey", "-algorithm", algorithm, "-pkeyopt", option)
        .with("-out", key(name).toString())
        .run();
    return signed(name, subject, "authority");
  }

  Path dsaAuthority(String name, String subject) {
    openssl("dsaparam", "-genkey", "-noout", "-out", key(name).toString(), "1024").run();
    return signed(name, subject, "authority");
  }

  /** Of a server, not of an authority. */
  Path service(String name, String subject) {
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
        .with("-out", key(name).toString())
        .run();
    return signed(name, subject, "service");
  }

  /** Of an authority that another one issued, valid from now for ten years. */
  Path issuedBy(String issuer, String issuersSubject, String name, String subject) {
    Path root = authority(issuer, issuersSubject);
    authority(name, subject);
    Path certificate = folder.resolve(name + "-issued.pem");
    openssl("x509", "-req", "-days", "3650", "-extfile", folder.resolve("openssl.cnf").toString())
        .with("-extensions", "authority", "-CA", root.toString(), "-CAkey", key(issuer).toString())
        .with("-in", folder.resolve(name + ".csr").toString(), "-out", certificate.toString())
        .run();
    return certificate;
  }

  /** Its private key, in PEM. */
  Path key(String name) {
    return folder.resolve(name + ".key");
  }

  private Path signed(String name, String subject, String extensions) {
    try {
      Path config =
          Files.writeString(
              folder.resolve("openssl.cnf"), CONFIG.replace("FOLDER", folder.toString()));
      Files.writeString(folder.resolve("index.txt"), "");
      Path request = folder.resolve(name + ".csr");
      openssl("req", "-new", "-utf8", "-multivalue-rdn", "-config", config.toString())
          .with("-subj", subject, "-key", key(name).toString(), "-out", request.toString())
          .run();
      Path certificate = folder.resolve(name + ".pem");
      openssl("ca", "-batch", "-selfsign", "-notext", "-preserveDN", "-config", config.toString())
          .with("-keyfile", key(name).toString(), "-in", request.toString())
          .with("-startdate", "20260101000000Z", "-enddate", "20360101000000Z")
          .with("-utf8", "-multivalue-rdn", "-extensions", extensions)
          .with("-out", certificate.toString())
          .run();
      return certificate;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Command openssl(String... arguments) {
    return Command.of(Machine.require("openssl").toString()).with(arguments);
  }

  public static X509Certificate parse(Path file) {
    try {
      return parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static X509Certificate parse(byte[] bytes) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw new IllegalStateException("the certificate just made cannot be read", e);
    }
  }

  /** What a bake reads from these files. */
  static CompanyCertificates read(Path... files) {
    return CompanyCertificates.read(
        java.util.stream.IntStream.range(0, files.length)
            .mapToObj(at -> new CompanyCertificates.Source(files[at], "certificates[" + at + "]"))
            .toList(),
        NOW);
  }

  /** Of the only authority of this file. */
  static CompanyCertificates.Authority only(Path file) {
    List<CompanyCertificates.Authority> authorities = read(file).authorities();
    if (authorities.size() != 1) {
      throw new IllegalArgumentException("'" + file + "' holds " + authorities);
    }
    return authorities.get(0);
  }
}
