package org.ippan.network.simulation;
class ChaosMain { public static void main(String[] a) { 
 int bad = 0;
 for (long s = Long.parseLong(a[0]); s <= Long.parseLong(a[1]); s++) { long t = System.nanoTime(); try { Chaos.run(s); System.out.println(s + " ok " + (System.nanoTime()-t)/1000000 + " ms"); } catch (AssertionError e) { bad++; System.out.println(s + " " + e.getMessage()); if (e.getCause() != null) e.printStackTrace(System.out);} }
 System.out.println(bad + " bad");
} }
