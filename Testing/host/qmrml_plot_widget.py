"""qMRMLPlotWidget: the chart of a plot view, drawn off screen."""

from __future__ import annotations

import slicer
import vtk

from host.grabbing import off_screen_window, pixels_of
from host.picture_label import PictureLabel
from host.qmrml_view_widgets import ViewWidget

KINDS = {
    slicer.vtkMRMLPlotSeriesNode.PlotTypeLine: vtk.vtkChart.LINE,
    slicer.vtkMRMLPlotSeriesNode.PlotTypeScatter: vtk.vtkChart.LINE,
    slicer.vtkMRMLPlotSeriesNode.PlotTypeBar: vtk.vtkChart.BAR,
    slicer.vtkMRMLPlotSeriesNode.PlotTypeScatterBar: vtk.vtkChart.BAR,
}


class qMRMLPlotView(PictureLabel):
    """The picture of a chart."""

    STUB = True

    def __init__(self, node, layout_manager):
        super().__init__(layout_manager)
        self._node = node
        self._context = vtk.vtkContextView()
        self._window = off_screen_window()
        self._context.SetRenderWindow(self._window)
        self._chart = vtk.vtkChartXY()
        self._context.GetScene().AddItem(self._chart)
        self._resized = lambda *_: None

    def renderWindow(self):
        """Return the window of VTK."""
        return self._window

    def drawn_pixels(self):
        """Draw and return the pixels, rows from top to bottom."""
        self._chart.ClearPlots()
        chart = self._node.GetPlotChartNode()
        if chart is not None:
            self._fill(chart)
            self._chart.RecalculateBounds()
        self._window.Render()
        return pixels_of(self._window)

    def _fill(self, chart):
        self._chart.SetTitle(chart.GetTitle() or "")
        self._chart.SetShowLegend(chart.GetLegendVisibility())
        self._chart.GetAxis(vtk.vtkAxis.BOTTOM).SetTitle(chart.GetXAxisTitle() or "")
        self._chart.GetAxis(vtk.vtkAxis.LEFT).SetTitle(chart.GetYAxisTitle() or "")
        self._chart.GetAxis(vtk.vtkAxis.LEFT).SetLogScale(chart.GetYAxisLogScale())
        across = self._chart.GetAxis(vtk.vtkAxis.BOTTOM)
        across.SetBehavior(vtk.vtkAxis.AUTO if chart.GetXAxisRangeAuto() else vtk.vtkAxis.FIXED)
        if not chart.GetXAxisRangeAuto():
            across.SetRange(*chart.GetXAxisRange())
        for index in range(chart.GetNumberOfPlotSeriesNodes()):
            self._add(chart.GetNthPlotSeriesNode(index))

    def _add(self, series):
        table = series.GetTableNode()
        names = [series.GetXColumnName(), series.GetYColumnName()]
        if table is None or not all(name and table.GetColumnIndex(name) >= 0 for name in names):
            return
        plot = self._chart.AddPlot(KINDS[series.GetPlotType()])
        plot.SetInputData(table.GetTable(), *names)
        plot.SetColorF(*series.GetColor())
        plot.SetLabel(series.GetName())
        plot.SetWidth(series.GetLineWidth())
        if isinstance(plot, vtk.vtkPlotPoints):
            plot.SetMarkerStyle(series.GetMarkerStyle())  # VTK counts them alike
            plot.SetMarkerSize(series.GetMarkerSize())


class qMRMLPlotWidget(ViewWidget):
    """A plot."""

    STUB = True

    def __init__(self, node, _mrml, layout_manager):
        super().__init__(node, qMRMLPlotView(node, layout_manager))
        node.AddObserver("ModifiedEvent", lambda *_: self._view.scheduleRender())

    def mrmlPlotViewNode(self):
        """Return the node of the view."""
        return self._node

    def plotView(self):
        """Return the picture."""
        return self._view

    def draw_now(self):
        """Draw now."""
        self._view.forceRender()
