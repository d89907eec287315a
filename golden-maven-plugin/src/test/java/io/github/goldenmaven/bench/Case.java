package io.github.goldenmaven.bench;

/** What is measured, and what we mean to reach. */
enum Case {
  COLD("first build, cold agent, base of 3 layers in the same registry", 17, 10_000, 0),
  COLD_TWO("first build, cold agent, base of 2 layers in the same registry", 17, 10_000, 0),
  UNCHANGED("nothing changed", 1, 0, 0.4),
  ONE_CLASS("one class changed", 6, 0, 0.6),
  ENGINE("into a Docker Engine, one class changed", 0, 0, 0.4);

  private final String title;
  private final int mostRequests;
  private final long mostBytesDown;
  private final double mostOfJibsGoal;

  Case(String title, int mostRequests, long mostBytesDown, double mostOfJibsGoal) {
    this.title = title;
    this.mostRequests = mostRequests;
    this.mostBytesDown = mostBytesDown;
    this.mostOfJibsGoal = mostOfJibsGoal;
  }

  String title() {
    return title;
  }

  /** The aim in words. */
  String aim() {
    StringBuilder aim = new StringBuilder();
    if (mostRequests > 0) {
      aim.append("at most ")
          .append(mostRequests)
          .append(mostRequests == 1 ? " request" : " requests");
    }
    if (mostBytesDown > 0) {
      aim.append(", under ").append(mostBytesDown / 1000).append(" KB down");
    }
    if (mostOfJibsGoal > 0) {
      aim.append(aim.isEmpty() ? "" : ", ")
          .append("goal at most ")
          .append(mostOfJibsGoal)
          .append(" of jib's");
    }
    return aim.toString();
  }

  boolean reached(Measurement jib, Measurement ours) {
    return (mostRequests == 0 || ours.requests() <= mostRequests)
        && (mostBytesDown == 0 || ours.bytesDown() < mostBytesDown)
        && (mostOfJibsGoal == 0 || ours.goalMillis() <= mostOfJibsGoal * jib.goalMillis());
  }
}
