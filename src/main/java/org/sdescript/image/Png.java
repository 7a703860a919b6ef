package org.sdescript.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes PNG files that say how large they are on paper (ISO/IEC 15948, 11.3.5.3). */
public final class Png {
    private static final String FORMAT = "javax_imageio_png_1.0";
    private static final double INCHES_PER_METRE = 1 / 0.0254;

    private Png() {}

    /** @param dpi pixels per inch */
    public static void write(BufferedImage image, double dpi, OutputStream out) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            IIOMetadata about = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
            IIOMetadataNode size = new IIOMetadataNode("pHYs");
            String perMetre = String.valueOf(Math.round(dpi * INCHES_PER_METRE));
            size.setAttribute("pixelsPerUnitXAxis", perMetre);
            size.setAttribute("pixelsPerUnitYAxis", perMetre);
            size.setAttribute("unitSpecifier", "meter");
            IIOMetadataNode root = new IIOMetadataNode(FORMAT);
            root.appendChild(size);
            about.mergeTree(FORMAT, root);
            writer.write(null, new IIOImage(image, null, about), null);
        } finally {
            writer.dispose();
        }
    }
}
