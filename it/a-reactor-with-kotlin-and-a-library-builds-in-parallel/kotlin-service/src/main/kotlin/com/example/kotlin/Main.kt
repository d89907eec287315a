package com.example.kotlin

import com.example.library.Greeting

fun main() {
    println(listOf("Kotlin").joinToString { Greeting.of(it) })
}
