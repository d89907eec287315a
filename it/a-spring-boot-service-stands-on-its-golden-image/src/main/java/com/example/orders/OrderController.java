package com.example.orders;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrderController {

  record Order(int number, String item) {}

  @GetMapping("/orders/{number}")
  Order order(@PathVariable("number") int number) {
    return new Order(number, "golden apples");
  }
}
