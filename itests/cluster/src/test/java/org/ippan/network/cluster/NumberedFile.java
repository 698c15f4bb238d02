// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/**
 * A file that is published line by line and put together again from the lines that arrived, in whatever order: each is
 * a piece of 64 KiB that begins with its number. The rest is random, so that no codec gets it any shorter.
 */
final class NumberedFile {

    static final int PIECE = 64 * 1024;
    private static final int DIGITS = 8;
    private static final int HEX = 16;

    private NumberedFile() {
    }

    /** Writes it and says its SHA-256. */
    static String write(Path file, int pieces) throws IOException {
        MessageDigest digest = sha256();
        Random random = new Random(pieces);
        byte[] piece = new byte[PIECE];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), PIECE)) {
            for (int i = 0; i < pieces; i++) {
                random.nextBytes(piece);
                for (int at = 0; at < PIECE; at++) {
                    piece[at] = piece[at] == '\n' ? 0 : piece[at];
                }
                byte[] number = HexFormat.of().toHexDigits(i).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(number, 0, piece, 0, DIGITS);
                piece[PIECE - 1] = '\n';
                out.write(piece);
                digest.update(piece);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The SHA-256 of what arrived, in the order of its numbers; fails if a piece is missing or there twice. */
    static String restored(Path received, int pieces) throws IOException {
        long[] places = new long[pieces];
        Arrays.fill(places, -1);
        byte[] piece = new byte[PIECE];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(received), PIECE)) {
            for (int i = 0; i < pieces; i++) {
                if (in.readNBytes(piece, 0, PIECE) != PIECE) {
                    throw new EOFException(i + " pieces of " + pieces);
                }
                int number = Integer.parseInt(new String(piece, 0, DIGITS, StandardCharsets.US_ASCII), HEX);
                if (places[number] >= 0) {
                    throw new IOException("piece " + number + " arrived twice");
                }
                places[number] = (long) i * PIECE;
            }
        }
        MessageDigest digest = sha256();
        try (RandomAccessFile in = new RandomAccessFile(received.toFile(), "r")) {
            for (long place : places) {
                in.seek(place);
                in.readFully(piece);
                digest.update(piece);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
