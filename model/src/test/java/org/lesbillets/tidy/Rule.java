package org.lesbillets.tidy;

/** What the house wants of its sources, each with the sentence that says so. */
public enum Rule {
  MODULE("server and cli never see each other, and model sees neither"),
  LIBRARY("this library belongs to other packages"),
  PACKAGE_INFO("every package has a package-info.java"),
  METHOD_LENGTH("a method has at most 70 lines"),
  FILE_LENGTH("a file has at most 300 lines"),
  LINE_LENGTH("a line has at most 100 columns"),
  PARAMETERS("a method has at most 4 parameters, else a record"),
  NULL_ARGUMENTS("a call has at most one argument null, else a name says what is left out"),
  PACKAGE_SIZE("a package has at most 30 files"),
  EXCEPTION_NAME("the name of an exception ends in Exception"),
  STORYTELLING("comments use the standard terms of the field"),
  CLASS_NAME("no type is called Manager, Helper, Util, Impl or Abstract"),
  STREAMS("only what owns the streams writes to System.out or System.err"),
  STACK_TRACE("a stack trace is never printed"),
  WILDCARD("imports name what they import"),
  SLEEP("a test waits for what it waits for, and never sleeps"),
  HOME("what a user's directories are is decided in one place, and not by user.home alone"),
  CHILD("a process is started with the environment the caller had"),
  DISABLED("a test runs or is not there"),
  NOTE("what is to be done is done, or stands in the tracker");

  private final String sentence;

  Rule(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
