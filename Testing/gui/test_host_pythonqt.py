"""The host's `qt` keeps the rules of PythonQt."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def button():
    import qt

    return qt.QPushButton("Apply")


def test_a_property_is_read_without_parentheses(button):
    assert button.text == "Apply"
    with pytest.raises(TypeError):
        button.text()


def test_a_property_is_set_like_an_attribute_or_by_its_setter(button):
    button.text = "Cancel"
    button.setEnabled(False)

    assert (button.text, button.enabled) == ("Cancel", False)


@pytest.mark.parametrize("name", ["enabledd", "tooltip", "my_own"])
def test_setting_what_is_no_property_raises(button, name):
    with pytest.raises(AttributeError, match=name):
        setattr(button, name, True)


def test_setting_a_method_raises(button):
    with pytest.raises(AttributeError, match="call it"):
        button.setEnabled = False


def test_a_class_derived_in_python_may_hold_attributes_of_its_own():
    import qt

    class Held(qt.QWidget):
        pass

    held = Held()
    held.own = 3

    assert held.own == 3


def test_a_signal_is_connected_by_its_signature(button):
    heard = []
    button.connect("clicked(bool)", heard.append)

    button.click()

    assert heard == [False]


def test_a_callable_gets_no_more_arguments_than_it_takes(button):
    heard = []
    button.connect("clicked(bool)", lambda: heard.append("nothing"))

    button.click()

    assert heard == ["nothing"]


def test_a_disconnected_callable_hears_nothing(button):
    heard = []
    button.connect("clicked(bool)", heard.append)

    button.disconnect("clicked(bool)", heard.append)
    button.click()

    assert heard == []


@pytest.mark.parametrize("signature", ["cliked(bool)", "clicked(int)", "clicked(bool", "text()"])
def test_a_misspelt_signal_raises(button, signature):
    with pytest.raises(AttributeError, match="does not exist"):
        button.connect(signature, print)


def test_an_object_made_by_qt_itself_connects_too():
    import qt

    heard = []
    table = qt.QTableWidget(2, 2)
    table.horizontalHeader().connect("sectionDoubleClicked(int)", heard.append)

    table.horizontalHeader().sectionDoubleClicked.emit(1)

    assert heard == [1]


def test_an_error_in_a_slot_is_kept_for_the_test(clean, button):
    def fail():
        raise ValueError("in a slot")  # noqa: EM101 - the text is what is looked for

    button.connect("clicked()", fail)
    button.click()

    assert [str(error) for error in clean.take_errors()] == ["in a slot"]


@pytest.mark.parametrize("name", ["Signal", "Slot", "Property", "QtCore", "QWidgett"])
def test_names_that_only_pyside_has_are_not_there(name):
    import qt

    with pytest.raises(AttributeError):
        getattr(qt, name)


def test_an_enum_is_a_number():
    import qt

    assert int(qt.QProcess.Running) == 2
    assert qt.QProcess.CrashExit == 1


def test_an_object_counts_as_one_of_its_base_classes(button):
    import qt

    assert isinstance(button, qt.QWidget)
    assert not isinstance(button, qt.QLabel)


def test_a_timer_fires_once_and_tells_that_it_is_active(clean):
    import qt

    heard = []
    timer = qt.QTimer()
    timer.singleShot = True
    timer.connect("timeout()", lambda: heard.append("tick"))
    timer.start(1)

    assert timer.active
    clean.wait_until(lambda: heard)
    assert not timer.active
