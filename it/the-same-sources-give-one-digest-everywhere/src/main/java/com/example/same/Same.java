package com.example.same;

import java.util.List;
import org.apache.commons.lang3.StringUtils;

public final class Same {

  private enum Metal {
    GOLD,
    IRON
  }

  public static void main(String[] args) {
    List.of(Metal.values())
        .forEach(metal -> System.out.println(StringUtils.capitalize(metal.name())));
  }
}
