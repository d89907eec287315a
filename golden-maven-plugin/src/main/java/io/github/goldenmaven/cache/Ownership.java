package io.github.goldenmaven.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Who can have written what lies on this machine. Notes that no digest proves are believed only
 * where nobody but this process's user can have: taking a folder's rights away from others leaves
 * them the files that they had put there.
 */
public final class Ownership {

  private static final int TYPE = 0170000;
  private static final int FILE = 0100000;
  private static final int GROUP_WRITES = 020;
  private static final int OTHERS_WRITE = 02;

  /** Of files that this process makes; negative where that is not known. */
  private static final int USER = user();

  private Ownership() {}

  /** A file, not a link to one, that this user made and nobody else can write to. */
  static boolean isOwnFile(Path file) {
    try {
      Map<String, Object> facts = facts(file);
      return (number(facts, "mode") & TYPE) == FILE && isOwn(file, facts);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return false;
    }
  }

  /** False for a folder that others can write to; true also where there is none yet. */
  public static boolean isOwnFolder(Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    try {
      return isOwn(folder, Files.readAttributes(folder, "unix:uid,mode"));
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      // The file system knows no rights.
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Map<String, Object> facts(Path path) throws IOException {
    return Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isOwn(Path path, Map<String, Object> facts) throws IOException {
    int mode = number(facts, "mode");
    return USER == number(facts, "uid")
        && (mode & OTHERS_WRITE) == 0
        && ((mode & GROUP_WRITES) == 0 || isOfTheUsersOwnGroup(path));
  }

  /** Debian gives each user a group of the same name. */
  private static boolean isOfTheUsersOwnGroup(Path path) throws IOException {
    Map<String, Object> names = Files.readAttributes(path, "posix:owner,group");
    return String.valueOf(names.get("owner")).equals(String.valueOf(names.get("group")));
  }

  private static int number(Map<String, Object> facts, String name) {
    return (int) Objects.requireNonNull(facts.get(name), name);
  }

  private static int user() {
    try {
      Path probe = Files.createTempFile("golden-user-", null);
      try {
        return (int) Files.getAttribute(probe, "unix:uid");
      } finally {
        Files.delete(probe);
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return -1;
    }
  }
}
