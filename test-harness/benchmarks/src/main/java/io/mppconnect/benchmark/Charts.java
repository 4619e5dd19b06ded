package io.mppconnect.benchmark;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/** Draws the figures. */
final class Charts {

    private static final int BARS_WIDTH = 400;
    private static final int LINES_WIDTH = 660;
    private static final int HEIGHT = 340;
    private static final Map<String, Color> COLOURS = Map.of(
            MppConnectContender.NAME,
            new Color(0x1F6FB2),
            "gpfdist",
            new Color(0x8A8A8A),
            "copy",
            new Color(0xB0B0B0),
            "jdbc",
            new Color(0xD0D0D0));

    private Charts() {}

    /** The scenarios that move more than a row; there is nothing to draw of the others. */
    static List<Scenario> drawn(Results results) {
        return EnumSet.complementOf(EnumSet.of(Scenario.START)).stream()
                .filter(scenario -> !results.of(scenario).isEmpty())
                .toList();
    }

    /** One chart of bars for each scenario that is drawn: how many MB/s, more is better. */
    static void draw(Results results, Path png) throws IOException {
        List<CategoryChart> charts = drawn(results).stream()
                .map(scenario -> bars(scenario, results.of(scenario)))
                .toList();
        Picture.write(
                charts,
                List.of(
                        "MB of TEXT per second, more is better. " + results.method() + ".",
                        results.machine() + ". " + results.database() + "."),
                png);
    }

    private static CategoryChart bars(Scenario scenario, List<Series> series) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(BARS_WIDTH)
                .height(HEIGHT)
                .title(scenario.label())
                .yAxisTitle("MB/s")
                .build();
        style(chart.getStyler());
        chart.getStyler().setLabelsVisible(true);
        chart.getStyler().setDecimalPattern("#,##0");
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
        chart.getStyler().setXAxisTicksVisible(false);
        for (Series one : series) {
            chart.addSeries(one.contender(), List.of(""), List.of(one.megabytesPerSecond()))
                    .setFillColor(COLOURS.getOrDefault(one.contender(), Color.LIGHT_GRAY));
        }
        return chart;
    }

    /** A line: rows or MB per second against the steps. */
    static void draw(Scaling scaling, List<ScalingPoint> points, List<String> footnotes, Path png) throws IOException {
        boolean bytes = scaling == Scaling.WIDTH || scaling == Scaling.SIZE || scaling == Scaling.COLUMNS;
        List<XYChart> charts = new ArrayList<>();
        charts.add(line(scaling, bytes ? "MB/s" : "rows/s", points, bytes));
        Picture.write(charts, footnotes, png);
    }

    private static XYChart line(Scaling scaling, String unit, List<ScalingPoint> points, boolean bytes) {
        XYChart chart = new XYChartBuilder()
                .width(LINES_WIDTH)
                .height(HEIGHT)
                .title("load by " + scaling.label())
                .xAxisTitle(scaling.unit())
                .yAxisTitle(unit)
                .build();
        style(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(0.0);
        double[] x = points.stream().mapToDouble(ScalingPoint::step).toArray();
        double[] y = points.stream()
                .mapToDouble(bytes ? ScalingPoint::megabytesPerSecond : ScalingPoint::rowsPerSecond)
                .toArray();
        chart.addSeries(unit, x, y);
        return chart;
    }

    private static void style(Styler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setChartTitleBoxVisible(false);
    }
}
