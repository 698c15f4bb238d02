// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.ippan.network.api.settings.SettingDescription;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.api.snapshot.Measure;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Checks that what operators read agrees everywhere: a bundle's Metatype against its {@code @Setting}s, and the
 * components of a snapshot. Each method gives the disagreements as sentences; an empty list is what a test wants.
 */
public final class Descriptions {

    private Descriptions() {
    }

    /**
     * Compares the Metatype that bnd wrote into the classes folder with the schema.
     *
     * @param config the configuration annotation
     * @param schema its schema
     * @return the disagreements
     */
    public static List<String> disagreements(Class<?> config, SettingsSchema schema) {
        List<String> wrong = new ArrayList<>();
        TreeMap<String, Element> metatype = metatype(config);
        Set<String> texts = new HashSet<>();
        for (SettingDescription setting : schema.settings()) {
            Element attribute = metatype.remove(setting.key());
            if (attribute == null) {
                wrong.add(setting.key() + " is not in Metatype");
                continue;
            }
            compare(wrong, setting.key() + " description", setting.text(), attribute.getAttribute("description"));
            compare(wrong, setting.key() + " default", setting.display(setting.defaultValue()),
                    attribute.getAttribute("default"));
            if (setting.type().isEnum()) {
                compare(wrong, setting.key() + " choices", setting.choices().toString(), options(attribute).toString());
            } else {
                compare(wrong, setting.key() + " min", plain(setting.min()), attribute.getAttribute("min"));
                compare(wrong, setting.key() + " max", plain(setting.max()), attribute.getAttribute("max"));
            }
            if (!texts.add(setting.text()) || !setting.text().endsWith(".")) {
                wrong.add(setting.key() + " needs a description of its own, in sentences");
            }
        }
        metatype.keySet().forEach(key -> wrong.add(key + " is only in Metatype"));
        return wrong;
    }

    /**
     * Checks that every component of a snapshot says what it is.
     *
     * @param snapshot a record
     * @return what is missing
     */
    public static List<String> undescribed(Class<? extends Record> snapshot) {
        List<String> wrong = new ArrayList<>();
        Set<String> texts = new HashSet<>();
        for (RecordComponent component : snapshot.getRecordComponents()) {
            Measure measure = component.getAnnotation(Measure.class);
            if (measure == null || !measure.value().endsWith(".") || !texts.add(measure.value())) {
                wrong.add(component.getName() + " needs a description of its own, in a sentence");
            }
        }
        return wrong;
    }

    private static List<String> options(Element attribute) {
        NodeList options = attribute.getElementsByTagName("Option");
        return IntStream.range(0, options.getLength())
                .mapToObj(i -> ((Element) options.item(i)).getAttribute("value")).toList();
    }

    private static String plain(Object number) {
        return number == null ? "" : number.toString();
    }

    private static void compare(List<String> wrong, String what, String code, String metatype) {
        if (!code.equals(metatype)) {
            wrong.add(what + ": '" + code + "' in the code, '" + metatype + "' in Metatype");
        }
    }

    /** Operators and their tools know it: it stays the same, in whichever package of the bundle the class is. */
    private static String id(Class<?> config) {
        return config.getName().replaceFirst("^(org\\.ippan\\.network\\.\\w+)\\..+\\.", "$1.");
    }

    private static TreeMap<String, Element> metatype(Class<?> config) {
        String resource = "/OSGI-INF/metatype/" + id(config) + ".xml";
        try (InputStream xml = config.getResourceAsStream(resource)) {
            if (xml == null) {
                throw new IllegalStateException("bnd wrote no " + resource);
            }
            NodeList attributes = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml)
                    .getElementsByTagName("AD");
            TreeMap<String, Element> byKey = new TreeMap<>();
            for (int i = 0; i < attributes.getLength(); i++) {
                Element attribute = (Element) attributes.item(i);
                byKey.put(attribute.getAttribute("id"), attribute);
            }
            return byKey;
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("cannot read " + resource, e);
        }
    }
}
