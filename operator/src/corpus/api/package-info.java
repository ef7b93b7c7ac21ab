/**
 * Orders and refunds of a small shop. All amounts are in won, and none of the classes is safe for
 * use by several threads.
 */
package kr.example.shop;
