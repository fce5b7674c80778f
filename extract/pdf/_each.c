/* One C function called for each element of arrays: ctypes needs 200 ns for a call, this ten.

calls.py has the same loop in Python, for where no compiler was at hand. The functions take integers
and addresses only: 64-bit machines pass up to six of them in places of 64 bits, of which a function
looks at as many, and as much of each, as it takes. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030b0000
#include <Python.h>
#include <stdint.h>

_Static_assert(sizeof(void *) == 8, "for 64-bit machines");

enum { MOST = 6 };

#define CALLED_AS(type) \
    ((type(*)(int64_t, int64_t, int64_t, int64_t, int64_t, int64_t))(uintptr_t)address)( \
        *at[0], *at[1], *at[2], *at[3], *at[4], *at[5])

/* An argument is read at `at`, which moves by `step`; or it is a number that grows by `add`. */
static void call_each(unsigned long long address, int kind, const int64_t **at, const int *step,
                      int64_t *numbers, const int64_t *add, void *results, Py_ssize_t count)
{
    for (Py_ssize_t n = 0; n < count; n++) {
        switch (kind) {
        case 'i': ((int64_t *)results)[n] = CALLED_AS(int32_t); break;
        case 'p': ((int64_t *)results)[n] = CALLED_AS(int64_t); break;
        case 'd': ((double *)results)[n] = CALLED_AS(double); break;
        }
        for (int k = 0; k < MOST; k++) {
            at[k] += step[k];
            numbers[k] += add[k];
        }
    }
}

/* Reads an integer attribute of a range; returns 0 where that fails. */
static int read_number(PyObject *range, const char *name, int64_t *number)
{
    PyObject *value = PyObject_GetAttrString(range, name);
    if (value == NULL)
        return 0;
    *number = PyLong_AsLongLong(value);
    Py_DECREF(value);
    return *number != -1 || !PyErr_Occurred();
}

/* each(address, kind, results, arguments): kind is i, p or d for a result of int, pointer or
double; results is a buffer of 64-bit elements; an argument is an integer, which stands for all
calls, or as many as there are results: a range, or a buffer of 64-bit integers. */
static PyObject *each(PyObject *Py_UNUSED(module), PyObject *args)
{
    unsigned long long address;
    int kind, step[MOST] = {0}, held = 0;
    PyObject *arguments, *made = NULL;
    Py_buffer results, buffers[MOST];
    int64_t numbers[MOST] = {0}, add[MOST] = {0};
    const int64_t *at[MOST];

    if (!PyArg_ParseTuple(args, "KCw*O!", &address, &kind, &results, &PyTuple_Type,
                          &arguments))
        return NULL;
    if (PyTuple_Size(arguments) > MOST) {
        PyErr_SetString(PyExc_ValueError, "too many arguments");
        goto end;
    }
    for (int k = 0; k < MOST; k++)
        at[k] = &numbers[k];
    for (int k = 0; k < PyTuple_Size(arguments); k++) {
        PyObject *argument = PyTuple_GetItem(arguments, k);
        if (PyLong_Check(argument)) {
            numbers[k] = PyLong_AsLongLong(argument);
            if (numbers[k] == -1 && PyErr_Occurred())
                goto end;
            continue;
        }
        if (PyObject_TypeCheck(argument, &PyRange_Type)) {
            if (PyObject_Size(argument) != results.len / 8)
                goto differ;
            if (!read_number(argument, "start", &numbers[k])
                || !read_number(argument, "step", &add[k]))
                goto end;
            continue;
        }
        if (PyObject_GetBuffer(argument, &buffers[held], PyBUF_SIMPLE))
            goto end;
        held++;
        if (buffers[held - 1].len != results.len)
            goto differ;
        at[k] = buffers[held - 1].buf;
        step[k] = 1;
    }
    call_each(address, kind, at, step, numbers, add, results.buf, results.len / 8);
    Py_INCREF(Py_None);
    made = Py_None;
    goto end;
differ:
    PyErr_SetString(PyExc_ValueError, "the arguments differ in length");
end:
    while (held > 0)
        PyBuffer_Release(&buffers[--held]);
    PyBuffer_Release(&results);
    return made;
}

static PyMethodDef methods[] = {{"each", each, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyModuleDef module = {
    PyModuleDef_HEAD_INIT, .m_name = "_each", .m_size = 0, .m_methods = methods};

PyMODINIT_FUNC PyInit__each(void)
{
    return PyModuleDef_Init(&module);
}
