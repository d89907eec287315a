package com.example.nomain;

public final class NotAMain {}
