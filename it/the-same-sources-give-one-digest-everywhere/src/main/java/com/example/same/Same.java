package com.example.same;

import org.apache.commons.lang3.StringUtils;

/** Plain enough for every javac to write the same bytes: compilers differ in lambdas and enums. */
public final class Same {

  public static void main(String[] args) {
    for (String metal : new String[] {"gold", "iron"}) {
      System.out.println(StringUtils.capitalize(metal));
    }
  }
}
