#ifndef MYPYC_NATIVE_extract_H
#define MYPYC_NATIVE_extract_H
#include <Python.h>
#include <CPy.h>
#ifndef MYPYC_DECLARED_tuple_T2OC
#define MYPYC_DECLARED_tuple_T2OC
typedef struct tuple_T2OC {
    PyObject *f0;
    char f1;
} tuple_T2OC;
#endif

#ifndef MYPYC_DECLARED_tuple_T4CIOO
#define MYPYC_DECLARED_tuple_T4CIOO
typedef struct tuple_T4CIOO {
    char f0;
    CPyTagged f1;
    PyObject *f2;
    PyObject *f3;
} tuple_T4CIOO;
#endif

#ifndef MYPYC_DECLARED_tuple_T3CIO
#define MYPYC_DECLARED_tuple_T3CIO
typedef struct tuple_T3CIO {
    char f0;
    CPyTagged f1;
    PyObject *f2;
} tuple_T3CIO;
#endif

#ifndef MYPYC_DECLARED_tuple_T2OO
#define MYPYC_DECLARED_tuple_T2OO
typedef struct tuple_T2OO {
    PyObject *f0;
    PyObject *f1;
} tuple_T2OO;
#endif

#ifndef MYPYC_DECLARED_tuple_T4OOOO
#define MYPYC_DECLARED_tuple_T4OOOO
typedef struct tuple_T4OOOO {
    PyObject *f0;
    PyObject *f1;
    PyObject *f2;
    PyObject *f3;
} tuple_T4OOOO;
#endif

#ifndef MYPYC_DECLARED_tuple_T2OT2OC
#define MYPYC_DECLARED_tuple_T2OT2OC
typedef struct tuple_T2OT2OC {
    PyObject *f0;
    tuple_T2OC f1;
} tuple_T2OT2OC;
#endif

#ifndef MYPYC_DECLARED_tuple_T2IO
#define MYPYC_DECLARED_tuple_T2IO
typedef struct tuple_T2IO {
    CPyTagged f0;
    PyObject *f1;
} tuple_T2IO;
#endif

#ifndef MYPYC_DECLARED_tuple_T3OCC
#define MYPYC_DECLARED_tuple_T3OCC
typedef struct tuple_T3OCC {
    PyObject *f0;
    char f1;
    char f2;
} tuple_T3OCC;
#endif

#ifndef MYPYC_DECLARED_tuple_T2FF
#define MYPYC_DECLARED_tuple_T2FF
typedef struct tuple_T2FF {
    double f0;
    double f1;
} tuple_T2FF;
#endif

#ifndef MYPYC_DECLARED_tuple_T0
#define MYPYC_DECLARED_tuple_T0
typedef struct tuple_T0 {
    int empty_struct_error_flag;
} tuple_T0;
#endif

#ifndef MYPYC_DECLARED_tuple_T3OFI
#define MYPYC_DECLARED_tuple_T3OFI
typedef struct tuple_T3OFI {
    PyObject *f0;
    double f1;
    CPyTagged f2;
} tuple_T3OFI;
#endif

#ifndef MYPYC_DECLARED_tuple_T2OI
#define MYPYC_DECLARED_tuple_T2OI
typedef struct tuple_T2OI {
    PyObject *f0;
    CPyTagged f1;
} tuple_T2OI;
#endif

#ifndef MYPYC_DECLARED_tuple_T3OOO
#define MYPYC_DECLARED_tuple_T3OOO
typedef struct tuple_T3OOO {
    PyObject *f0;
    PyObject *f1;
    PyObject *f2;
} tuple_T3OOO;
#endif

#ifndef MYPYC_DECLARED_tuple_T2II
#define MYPYC_DECLARED_tuple_T2II
typedef struct tuple_T2II {
    CPyTagged f0;
    CPyTagged f1;
} tuple_T2II;
#endif

#ifndef MYPYC_DECLARED_tuple_T2FO
#define MYPYC_DECLARED_tuple_T2FO
typedef struct tuple_T2FO {
    double f0;
    PyObject *f1;
} tuple_T2FO;
#endif

#ifndef MYPYC_DECLARED_tuple_T4IIII
#define MYPYC_DECLARED_tuple_T4IIII
typedef struct tuple_T4IIII {
    CPyTagged f0;
    CPyTagged f1;
    CPyTagged f2;
    CPyTagged f3;
} tuple_T4IIII;
#endif

#ifndef MYPYC_DECLARED_tuple_T12IIIIIIIIIIII
#define MYPYC_DECLARED_tuple_T12IIIIIIIIIIII
typedef struct tuple_T12IIIIIIIIIIII {
    CPyTagged f0;
    CPyTagged f1;
    CPyTagged f2;
    CPyTagged f3;
    CPyTagged f4;
    CPyTagged f5;
    CPyTagged f6;
    CPyTagged f7;
    CPyTagged f8;
    CPyTagged f9;
    CPyTagged f10;
    CPyTagged f11;
} tuple_T12IIIIIIIIIIII;
#endif

#ifndef MYPYC_DECLARED_tuple_T5IIIII
#define MYPYC_DECLARED_tuple_T5IIIII
typedef struct tuple_T5IIIII {
    CPyTagged f0;
    CPyTagged f1;
    CPyTagged f2;
    CPyTagged f3;
    CPyTagged f4;
} tuple_T5IIIII;
#endif

#ifndef MYPYC_DECLARED_tuple_T6IIIIII
#define MYPYC_DECLARED_tuple_T6IIIIII
typedef struct tuple_T6IIIIII {
    CPyTagged f0;
    CPyTagged f1;
    CPyTagged f2;
    CPyTagged f3;
    CPyTagged f4;
    CPyTagged f5;
} tuple_T6IIIIII;
#endif

#ifndef MYPYC_DECLARED_tuple_T6FFFFFF
#define MYPYC_DECLARED_tuple_T6FFFFFF
typedef struct tuple_T6FFFFFF {
    double f0;
    double f1;
    double f2;
    double f3;
    double f4;
    double f5;
} tuple_T6FFFFFF;
#endif

#ifndef MYPYC_DECLARED_tuple_T6OOOOOO
#define MYPYC_DECLARED_tuple_T6OOOOOO
typedef struct tuple_T6OOOOOO {
    PyObject *f0;
    PyObject *f1;
    PyObject *f2;
    PyObject *f3;
    PyObject *f4;
    PyObject *f5;
} tuple_T6OOOOOO;
#endif

#ifndef MYPYC_DECLARED_tuple_T2OT2II
#define MYPYC_DECLARED_tuple_T2OT2II
typedef struct tuple_T2OT2II {
    PyObject *f0;
    tuple_T2II f1;
} tuple_T2OT2II;
#endif

#ifndef MYPYC_DECLARED_tuple_T3T2IIT2IIT2II
#define MYPYC_DECLARED_tuple_T3T2IIT2IIT2II
typedef struct tuple_T3T2IIT2IIT2II {
    tuple_T2II f0;
    tuple_T2II f1;
    tuple_T2II f2;
} tuple_T3T2IIT2IIT2II;
#endif

#ifndef MYPYC_DECLARED_tuple_T4FFFF
#define MYPYC_DECLARED_tuple_T4FFFF
typedef struct tuple_T4FFFF {
    double f0;
    double f1;
    double f2;
    double f3;
} tuple_T4FFFF;
#endif

#ifndef MYPYC_DECLARED_tuple_T2IT4FFFF
#define MYPYC_DECLARED_tuple_T2IT4FFFF
typedef struct tuple_T2IT4FFFF {
    CPyTagged f0;
    tuple_T4FFFF f1;
} tuple_T2IT4FFFF;
#endif

#ifndef MYPYC_DECLARED_tuple_T2OT4FFFF
#define MYPYC_DECLARED_tuple_T2OT4FFFF
typedef struct tuple_T2OT4FFFF {
    PyObject *f0;
    tuple_T4FFFF f1;
} tuple_T2OT4FFFF;
#endif

#ifndef MYPYC_DECLARED_tuple_T3FFF
#define MYPYC_DECLARED_tuple_T3FFF
typedef struct tuple_T3FFF {
    double f0;
    double f1;
    double f2;
} tuple_T3FFF;
#endif

#ifndef MYPYC_DECLARED_tuple_T8IIIIIIII
#define MYPYC_DECLARED_tuple_T8IIIIIIII
typedef struct tuple_T8IIIIIIII {
    CPyTagged f0;
    CPyTagged f1;
    CPyTagged f2;
    CPyTagged f3;
    CPyTagged f4;
    CPyTagged f5;
    CPyTagged f6;
    CPyTagged f7;
} tuple_T8IIIIIIII;
#endif

#ifndef MYPYC_DECLARED_tuple_T3T6FFFFFFOO
#define MYPYC_DECLARED_tuple_T3T6FFFFFFOO
typedef struct tuple_T3T6FFFFFFOO {
    tuple_T6FFFFFF f0;
    PyObject *f1;
    PyObject *f2;
} tuple_T3T6FFFFFFOO;
#endif

#ifndef MYPYC_DECLARED_tuple_T2T2FFT2FF
#define MYPYC_DECLARED_tuple_T2T2FFT2FF
typedef struct tuple_T2T2FFT2FF {
    tuple_T2FF f0;
    tuple_T2FF f1;
} tuple_T2T2FFT2FF;
#endif

#ifndef MYPYC_DECLARED_tuple_T3FIO
#define MYPYC_DECLARED_tuple_T3FIO
typedef struct tuple_T3FIO {
    double f0;
    CPyTagged f1;
    PyObject *f2;
} tuple_T3FIO;
#endif

#ifndef MYPYC_DECLARED_tuple_T2FI
#define MYPYC_DECLARED_tuple_T2FI
typedef struct tuple_T2FI {
    double f0;
    CPyTagged f1;
} tuple_T2FI;
#endif

#ifndef MYPYC_DECLARED_tuple_T2OF
#define MYPYC_DECLARED_tuple_T2OF
typedef struct tuple_T2OF {
    PyObject *f0;
    double f1;
} tuple_T2OF;
#endif

#ifndef MYPYC_DECLARED_tuple_T2OT2FF
#define MYPYC_DECLARED_tuple_T2OT2FF
typedef struct tuple_T2OT2FF {
    PyObject *f0;
    tuple_T2FF f1;
} tuple_T2OT2FF;
#endif

#ifndef MYPYC_DECLARED_tuple_T3IIO
#define MYPYC_DECLARED_tuple_T3IIO
typedef struct tuple_T3IIO {
    CPyTagged f0;
    CPyTagged f1;
    PyObject *f2;
} tuple_T3IIO;
#endif

#ifndef MYPYC_DECLARED_tuple_T2T2OCT2OC
#define MYPYC_DECLARED_tuple_T2T2OCT2OC
typedef struct tuple_T2T2OCT2OC {
    tuple_T2OC f0;
    tuple_T2OC f1;
} tuple_T2T2OCT2OC;
#endif

#ifndef MYPYC_DECLARED_tuple_T2IT2OO
#define MYPYC_DECLARED_tuple_T2IT2OO
typedef struct tuple_T2IT2OO {
    CPyTagged f0;
    tuple_T2OO f1;
} tuple_T2IT2OO;
#endif

#ifndef MYPYC_DECLARED_tuple_T3FFO
#define MYPYC_DECLARED_tuple_T3FFO
typedef struct tuple_T3FFO {
    double f0;
    double f1;
    PyObject *f2;
} tuple_T3FFO;
#endif

#ifndef MYPYC_DECLARED_tuple_T1O
#define MYPYC_DECLARED_tuple_T1O
typedef struct tuple_T1O {
    PyObject *f0;
} tuple_T1O;
#endif

#ifndef MYPYC_DECLARED_tuple_T3COI
#define MYPYC_DECLARED_tuple_T3COI
typedef struct tuple_T3COI {
    char f0;
    PyObject *f1;
    CPyTagged f2;
} tuple_T3COI;
#endif

#ifndef MYPYC_DECLARED_tuple_T3OCI
#define MYPYC_DECLARED_tuple_T3OCI
typedef struct tuple_T3OCI {
    PyObject *f0;
    char f1;
    CPyTagged f2;
} tuple_T3OCI;
#endif

#ifndef MYPYC_DECLARED_tuple_T2CC
#define MYPYC_DECLARED_tuple_T2CC
typedef struct tuple_T2CC {
    char f0;
    char f1;
} tuple_T2CC;
#endif

#ifndef MYPYC_DECLARED_tuple_T2T3OOOT3OOO
#define MYPYC_DECLARED_tuple_T2T3OOOT3OOO
typedef struct tuple_T2T3OOOT3OOO {
    tuple_T3OOO f0;
    tuple_T3OOO f1;
} tuple_T2T3OOOT3OOO;
#endif

#ifndef MYPYC_DECLARED_tuple_T4OOII
#define MYPYC_DECLARED_tuple_T4OOII
typedef struct tuple_T4OOII {
    PyObject *f0;
    PyObject *f1;
    CPyTagged f2;
    CPyTagged f3;
} tuple_T4OOII;
#endif

#ifndef MYPYC_DECLARED_tuple_T4OIII
#define MYPYC_DECLARED_tuple_T4OIII
typedef struct tuple_T4OIII {
    PyObject *f0;
    CPyTagged f1;
    CPyTagged f2;
    CPyTagged f3;
} tuple_T4OIII;
#endif

#ifndef MYPYC_DECLARED_tuple_T2T2IIT2II
#define MYPYC_DECLARED_tuple_T2T2IIT2II
typedef struct tuple_T2T2IIT2II {
    tuple_T2II f0;
    tuple_T2II f1;
} tuple_T2T2IIT2II;
#endif

#ifndef MYPYC_DECLARED_tuple_T3FFI
#define MYPYC_DECLARED_tuple_T3FFI
typedef struct tuple_T3FFI {
    double f0;
    double f1;
    CPyTagged f2;
} tuple_T3FFI;
#endif

#ifndef MYPYC_DECLARED_tuple_T2FT2OO
#define MYPYC_DECLARED_tuple_T2FT2OO
typedef struct tuple_T2FT2OO {
    double f0;
    tuple_T2OO f1;
} tuple_T2FT2OO;
#endif

#ifndef MYPYC_DECLARED_tuple_T2IC
#define MYPYC_DECLARED_tuple_T2IC
typedef struct tuple_T2IC {
    CPyTagged f0;
    char f1;
} tuple_T2IC;
#endif

#ifndef MYPYC_DECLARED_tuple_T4IOOF
#define MYPYC_DECLARED_tuple_T4IOOF
typedef struct tuple_T4IOOF {
    CPyTagged f0;
    PyObject *f1;
    PyObject *f2;
    double f3;
} tuple_T4IOOF;
#endif

#ifndef MYPYC_DECLARED_tuple_T4OIOF
#define MYPYC_DECLARED_tuple_T4OIOF
typedef struct tuple_T4OIOF {
    PyObject *f0;
    CPyTagged f1;
    PyObject *f2;
    double f3;
} tuple_T4OIOF;
#endif

#ifndef MYPYC_DECLARED_tuple_T3IOC
#define MYPYC_DECLARED_tuple_T3IOC
typedef struct tuple_T3IOC {
    CPyTagged f0;
    PyObject *f1;
    char f2;
} tuple_T3IOC;
#endif

#ifndef MYPYC_DECLARED_tuple_T4OICF
#define MYPYC_DECLARED_tuple_T4OICF
typedef struct tuple_T4OICF {
    PyObject *f0;
    CPyTagged f1;
    char f2;
    double f3;
} tuple_T4OICF;
#endif

#ifndef MYPYC_DECLARED_tuple_T4IIIO
#define MYPYC_DECLARED_tuple_T4IIIO
typedef struct tuple_T4IIIO {
    CPyTagged f0;
    CPyTagged f1;
    CPyTagged f2;
    PyObject *f3;
} tuple_T4IIIO;
#endif

#ifndef MYPYC_DECLARED_tuple_T2T4IIIOO
#define MYPYC_DECLARED_tuple_T2T4IIIOO
typedef struct tuple_T2T4IIIOO {
    tuple_T4IIIO f0;
    PyObject *f1;
} tuple_T2T4IIIOO;
#endif

#ifndef MYPYC_DECLARED_tuple_T7OOOOOOO
#define MYPYC_DECLARED_tuple_T7OOOOOOO
typedef struct tuple_T7OOOOOOO {
    PyObject *f0;
    PyObject *f1;
    PyObject *f2;
    PyObject *f3;
    PyObject *f4;
    PyObject *f5;
    PyObject *f6;
} tuple_T7OOOOOOO;
#endif

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *_header;
    PyObject *_body;
    CPyTagged _width;
    PyObject *_edges;
    char _is_cut_above;
    char _is_cut_below;
    PyObject *_page;
    char _begins_grid;
} extract___assemble____SegmentObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *_header;
    PyObject *_columns;
    CPyTagged _width;
    PyObject *_edges;
    char _is_cut;
    PyObject *_page;
    PyObject *_rows;
    CPyTagged _numbered;
    PyObject *_numbers;
    PyObject *_names;
} extract___assemble____OpenTableObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *_issues;
    PyObject *__made;
    PyObject *__current;
    PyObject *__known;
} extract___assemble____AssemblerObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    PyObject *___mypyc_generator_frame_attribute__lines;
    int32_t ___mypyc_next_label__;
    PyObject *___mypyc_generator_frame_attribute__line;
    PyObject *___mypyc_temp__3_extract___pdf___blocks___blocks_gen_1;
    PyObject *___mypyc_temp__3_extract___pdf___blocks___blocks_gen_2;
    PyObject *___mypyc_temp__2_extract___pdf___blocks___blocks_gen_0;
} extract___pdf___blocks___blocks_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    PyObject *___mypyc_generator_frame_attribute__lines;
    int32_t ___mypyc_next_label__;
    PyObject *___mypyc_generator_frame_attribute__columns;
    CPyTagged ___mypyc_generator_frame_attribute__begin;
    CPyTagged ___mypyc_generator_frame_attribute__end;
    PyObject *___mypyc_temp__3_extract___pdf___blocks____in_stretch_gen_3;
    PyObject *___mypyc_temp__3_extract___pdf___blocks____in_stretch_gen_4;
    PyObject *___mypyc_temp__3_extract___pdf___blocks____in_stretch_gen_5;
} extract___pdf___blocks____in_stretch_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    PyObject *___mypyc_generator_frame_attribute__lines;
    int32_t ___mypyc_next_label__;
    CPyTagged ___mypyc_temp__3_extract___pdf___blocks____grown_gen_0;
    CPyTagged ___mypyc_generator_frame_attribute__number;
    PyObject *___mypyc_generator_frame_attribute__line;
    PyObject *___mypyc_temp__2_extract___pdf___blocks____grown_gen_0;
} extract___pdf___blocks____grown_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    CPyTagged _row;
    CPyTagged _column;
    CPyTagged _row_span;
    CPyTagged _column_span;
    PyObject *_area;
    PyObject *_runs;
    PyObject *_turned;
} extract___pdf___cells___CellShapeObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *_area;
    CPyTagged _rows;
    CPyTagged _columns;
    PyObject *_cells;
    PyObject *_xs;
    PyObject *_ys;
    char _open_top;
    char _open_bottom;
    PyObject *_edges;
    PyObject *__at;
} extract___pdf___cells___TableShapeObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t bitmap;
    PyObject *_name;
    PyObject *_file;
    double _height;
    PyObject *_texts;
} extract___pdf___fonts____FontObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *__pdf;
    PyObject *__maps;
    PyObject *__known;
    PyObject *_unknown;
} extract___pdf___fonts___FontsObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t bitmap;
    tuple_T6FFFFFF _matrix;
    double _width;
    double _height;
    CPyTagged _turn;
} extract___pdf___frame___FrameObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t bitmap;
    PyObject *_text;
    double _x0;
    double _x1;
    double _top;
    double _bottom;
    double _y;
    double _size;
} extract___pdf___lines___LineObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___pdf___lines___by_baseline_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___lines_____mypyc_lambda__0_by_baseline_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___pdf___lines____by_size_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___lines_____mypyc_lambda__1__by_size_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___lines_____mypyc_lambda__2__by_size_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___pdf___lines____line_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___lines_____mypyc_lambda__3__line_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___lines_____mypyc_lambda__4__line_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *_codes;
    PyObject *_index;
    PyObject *_objects;
    PyObject *_boxes;
    PyObject *_origins;
    PyObject *_size;
    PyObject *_turn;
} extract___pdf___native___CharactersObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *_frame;
    PyObject *_characters;
    PyObject *_shapes;
    PyObject *_text_page;
    PyObject *_text_objects;
    PyObject *__spans;
} extract___pdf___native___NativePageObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *_text_objects;
    PyObject *_shapes;
} extract___pdf___objects____ReaderObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *__points;
    PyObject *__is_line;
    PyObject *__closes;
} extract___pdf___objects____SegmentsObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    uint32_t bitmap;
    PyObject *___mypyc_generator_frame_attribute__self;
    CPyTagged ___mypyc_generator_frame_attribute__start;
    CPyTagged ___mypyc_generator_frame_attribute__end;
    tuple_T6FFFFFF ___mypyc_generator_frame_attribute__matrix;
    int32_t ___mypyc_next_label__;
    CPyTagged ___mypyc_temp__3_extract___pdf___objects___subpaths__Segments_gen_0;
    CPyTagged ___mypyc_generator_frame_attribute__n;
    tuple_T2FF ___mypyc_generator_frame_attribute__point;
    CPyTagged ___mypyc_temp__2_extract___pdf___objects___subpaths__Segments_gen_0;
} extract___pdf___objects___subpaths__Segments_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    uint32_t bitmap;
    PyObject *___mypyc_generator_frame_attribute__cells;
    int32_t ___mypyc_next_label__;
    PyObject *___mypyc_generator_frame_attribute__columns;
    PyObject *___mypyc_generator_frame_attribute__steps;
    double ___mypyc_generator_frame_attribute__size;
    double ___mypyc_generator_frame_attribute__usual;
    CPyTagged ___mypyc_generator_frame_attribute__after;
    double ___mypyc_generator_frame_attribute__near;
    char ___mypyc_generator_frame_attribute__is_joined;
    CPyTagged ___mypyc_temp__3_extract___pdf___open_rows____cuts_gen_7;
    PyObject *___mypyc_temp__2_extract___pdf___open_rows____cuts_gen_0;
} extract___pdf___open_rows____cuts_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___pdf___open_rows____by_level_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___open_rows_____mypyc_lambda__0__by_level_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___pdf___open_tables____table_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___open_tables_____mypyc_lambda__0__table_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
    PyObject *_row;
} extract___pdf___open_tables____near_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___open_tables_____mypyc_lambda__1__near_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___pdf___page___page_blocks_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___page_____mypyc_lambda__0_page_blocks_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___page_____mypyc_lambda__1_page_blocks_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t bitmap;
    double _x0;
    double _x1;
    PyObject *_edges;
} extract___pdf___regions___RegionObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___pdf___regions___regions_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    uint32_t bitmap;
    PyObject *___mypyc_env__;
    PyObject *___mypyc_generator_frame_attribute__level;
    PyObject *___mypyc_generator_frame_attribute__shades;
    PyObject *___mypyc_generator_frame_attribute__lines;
    int32_t ___mypyc_next_label__;
    PyObject *___mypyc_generator_frame_attribute__bands;
    int64_t ___mypyc_temp__3_extract___pdf___regions___regions_gen_1;
    double ___mypyc_generator_frame_attribute__x0;
    double ___mypyc_generator_frame_attribute__x1;
    PyObject *___mypyc_generator_frame_attribute__own;
    PyObject *___mypyc_temp__3_extract___pdf___regions___regions_gen_5;
    PyObject *___mypyc_generator_frame_attribute__ruled;
    PyObject *___mypyc_temp__3_extract___pdf___regions___regions_gen_7;
    PyObject *___mypyc_temp__2_extract___pdf___regions___regions_gen_0;
    PyObject *___mypyc_temp__2_extract___pdf___regions___regions_gen_1;
} extract___pdf___regions___regions_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___regions_____mypyc_lambda__0_regions_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    uint32_t bitmap;
    PyObject *___mypyc_generator_frame_attribute__region;
    PyObject *___mypyc_generator_frame_attribute__bands;
    PyObject *___mypyc_generator_frame_attribute__ruled;
    PyObject *___mypyc_generator_frame_attribute__lines;
    int32_t ___mypyc_next_label__;
    double ___mypyc_generator_frame_attribute__highest;
    double ___mypyc_generator_frame_attribute__below;
    PyObject *___mypyc_temp__2_extract___pdf___regions____piles_gen_0;
} extract___pdf___regions____piles_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    uint32_t bitmap;
    double ___mypyc_generator_frame_attribute__x0;
    double ___mypyc_generator_frame_attribute__x1;
    PyObject *___mypyc_generator_frame_attribute__places;
    PyObject *___mypyc_generator_frame_attribute__lines;
    PyObject *___mypyc_generator_frame_attribute__bands;
    int32_t ___mypyc_next_label__;
    double ___mypyc_generator_frame_attribute__below;
    PyObject *___mypyc_temp__2_extract___pdf___regions____unbroken_gen_0;
} extract___pdf___regions____unbroken_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___pdf___ruled___joined_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___ruled_____mypyc_lambda__0_joined_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    uint32_t bitmap;
    PyObject *___mypyc_generator_frame_attribute__rules;
    double ___mypyc_generator_frame_attribute__width;
    int32_t ___mypyc_next_label__;
    int64_t ___mypyc_temp__3_extract___pdf___ruled____groups_gen_0;
    PyObject *___mypyc_generator_frame_attribute__rule;
    PyObject *___mypyc_temp__2_extract___pdf___ruled____groups_gen_0;
} extract___pdf___ruled____groups_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    uint32_t bitmap;
    PyObject *___mypyc_generator_frame_attribute__level;
    PyObject *___mypyc_generator_frame_attribute__upright;
    double ___mypyc_generator_frame_attribute__touch;
    int32_t ___mypyc_next_label__;
    PyObject *___mypyc_generator_frame_attribute__passed;
    PyObject *___mypyc_generator_frame_attribute__frame_of;
    PyObject *___mypyc_generator_frame_attribute__column_of;
    int64_t ___mypyc_temp__3_extract___pdf___ruled___frames_gen_3;
    PyObject *___mypyc_temp__2_extract___pdf___ruled___frames_gen_0;
} extract___pdf___ruled___frames_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    PyObject *___mypyc_generator_frame_attribute__number;
    int32_t ___mypyc_next_label__;
    PyObject *___mypyc_generator_frame_attribute__columns;
    PyObject *___mypyc_generator_frame_attribute__where;
    CPyTagged ___mypyc_temp__3_extract___pdf___ruled____boxes_gen_2;
    PyObject *___mypyc_temp__2_extract___pdf___ruled____boxes_gen_0;
    PyObject *___mypyc_temp__2_extract___pdf___ruled____boxes_gen_1;
} extract___pdf___ruled____boxes_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___pdf___ruled____without_nested_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___ruled_____mypyc_lambda__1__without_nested_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___ruled_____mypyc_lambda__2__without_nested_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
    CPyTagged _page;
} extract___pdf___running____key_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___running_____mypyc_lambda__0__key_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t bitmap;
    PyObject *_text;
    double _x0;
    double _x1;
    double _y;
    double _size;
    CPyTagged _first;
    CPyTagged _last;
} extract___pdf___runs___RunObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *_texts;
    PyObject *_x0;
    PyObject *_x1;
    PyObject *_y;
    PyObject *_size;
    PyObject *_is_space;
} extract___pdf___runs___GlyphsObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *_level;
    PyObject *_upright;
    PyObject *_shades;
    PyObject *_pictures;
} extract___pdf___shapes___ShapesObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
} extract___pdf___shapes___width_Area_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
} extract___pdf___shapes___height_Area_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
} extract___pdf___shapes___holds_Area_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___pdf___shapes___add_fills_Shapes_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___shapes_____mypyc_lambda__0_add_fills_Shapes_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    uint32_t bitmap;
    PyObject *___mypyc_generator_frame_attribute__rules;
    double ___mypyc_generator_frame_attribute__along;
    double ___mypyc_generator_frame_attribute__across;
    int32_t ___mypyc_next_label__;
    int64_t ___mypyc_temp__3_extract___pdf___shapes____clipped_gen_0;
    PyObject *___mypyc_temp__2_extract___pdf___shapes____clipped_gen_0;
} extract___pdf___shapes____clipped_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t bitmap;
    double _y;
    double _size;
    PyObject *_pieces;
} extract___pdf___whites___TextLineObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___pdf___whites___text_lines_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___whites_____mypyc_lambda__0_text_lines_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___whites_____mypyc_lambda__1_text_lines_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___pdf___whites____anchors_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___pdf___whites_____mypyc_lambda__2__anchors_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
} extract___thai____KeyTableObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t bitmap;
    double _move_to_gap;
    double _move;
    double _fill;
    double _insert;
    double _gap_for_mark;
    double _gap;
    double _delete;
    double _delete_more;
    double _substitute;
    double _am;
    double _aa;
    double _learned;
    double _unread;
    double _unread_glyph;
    double _most;
} extract___thai_lattice___CostsObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *_clusters;
    PyObject *_costs;
    PyObject *_glyphs;
    PyObject *_swaps;
    PyObject *_words;
    PyObject *_emitted;
    PyObject *_readings;
} extract___thai_lattice___LatticeObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    uint32_t bitmap;
    PyObject *___mypyc_generator_frame_attribute__self;
    CPyTagged ___mypyc_generator_frame_attribute__at;
    PyObject *___mypyc_generator_frame_attribute__rest;
    CPyTagged ___mypyc_generator_frame_attribute__end;
    int32_t ___mypyc_next_label__;
    PyObject *___mypyc_generator_frame_attribute__one;
    PyObject *___mypyc_generator_frame_attribute__words;
    double ___mypyc_generator_frame_attribute__most;
    PyObject *___mypyc_generator_frame_attribute__stack;
    PyObject *___mypyc_generator_frame_attribute__begun;
    double ___mypyc_generator_frame_attribute__spent;
    int64_t ___mypyc_temp__3_extract___thai_lattice____words_Lattice_gen_6;
    PyObject *___mypyc_generator_frame_attribute__emitted;
    CPyTagged ___mypyc_generator_frame_attribute__after;
    PyObject *___mypyc_generator_frame_attribute__remains;
    double ___mypyc_generator_frame_attribute__price;
    PyObject *___mypyc_generator_frame_attribute__read;
    PyObject *___mypyc_generator_frame_attribute__gap;
    PyObject *___mypyc_generator_frame_attribute__following;
    PyObject *___mypyc_temp__2_extract___thai_lattice____words_Lattice_gen_0;
} extract___thai_lattice____words_Lattice_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    PyObject *___mypyc_generator_frame_attribute__self;
    CPyTagged ___mypyc_generator_frame_attribute__k;
    PyObject *___mypyc_generator_frame_attribute__one;
    CPyTagged ___mypyc_generator_frame_attribute__end;
    int32_t ___mypyc_next_label__;
    PyObject *___mypyc_generator_frame_attribute__after;
    int64_t ___mypyc_temp__3_extract___thai_lattice____emissions_Lattice_gen_1;
    PyObject *___mypyc_temp__3_extract___thai_lattice____emissions_Lattice_gen_2;
    PyObject *___mypyc_temp__2_extract___thai_lattice____emissions_Lattice_gen_0;
} extract___thai_lattice____emissions_Lattice_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    uint32_t bitmap;
    PyObject *___mypyc_generator_frame_attribute__self;
    CPyTagged ___mypyc_generator_frame_attribute__k;
    PyObject *___mypyc_generator_frame_attribute__one;
    PyObject *___mypyc_generator_frame_attribute__after;
    int32_t ___mypyc_next_label__;
    int64_t ___mypyc_temp__3_extract___thai_lattice____thefts_Lattice_gen_0;
    PyObject *___mypyc_generator_frame_attribute__taken;
    PyObject *___mypyc_generator_frame_attribute__left;
    double ___mypyc_generator_frame_attribute__cost;
    PyObject *___mypyc_generator_frame_attribute__remains;
    CPyTagged ___mypyc_generator_frame_attribute__place;
    PyObject *___mypyc_temp__2_extract___thai_lattice____thefts_Lattice_gen_0;
    int64_t ___mypyc_temp__2_extract___thai_lattice____thefts_Lattice_gen_1;
    PyObject *___mypyc_temp__2_extract___thai_lattice____thefts_Lattice_gen_2;
} extract___thai_lattice____thefts_Lattice_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    PyObject *___mypyc_generator_frame_attribute__self;
    PyObject *___mypyc_generator_frame_attribute__marks;
    int32_t ___mypyc_next_label__;
    PyObject *___mypyc_temp__3_extract___thai_lattice____fill_Lattice_gen_0;
} extract___thai_lattice____fill_Lattice_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    uint32_t bitmap;
    PyObject *___mypyc_generator_frame_attribute__self;
    PyObject *___mypyc_generator_frame_attribute__one;
    int32_t ___mypyc_next_label__;
    PyObject *___mypyc_generator_frame_attribute__costs;
    PyObject *___mypyc_generator_frame_attribute__marks;
    double ___mypyc_generator_frame_attribute__cost;
    PyObject *___mypyc_generator_frame_attribute__whole;
    int64_t ___mypyc_temp__3_extract___thai_lattice____guesses_Lattice_gen_4;
    int64_t ___mypyc_temp__3_extract___thai_lattice____guesses_Lattice_gen_5;
    PyObject *___mypyc_temp__2_extract___thai_lattice____guesses_Lattice_gen_0;
    PyObject *___mypyc_temp__2_extract___thai_lattice____guesses_Lattice_gen_1;
    PyObject *___mypyc_temp__2_extract___thai_lattice____guesses_Lattice_gen_2;
    PyObject *___mypyc_temp__2_extract___thai_lattice____guesses_Lattice_gen_3;
} extract___thai_lattice____guesses_Lattice_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___thai_repair___repair_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___thai_repair_____mypyc_lambda__0_repair_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    uint32_t mypyc_running;
    PyObject *___mypyc_generator_frame_attribute__zone;
    int32_t ___mypyc_next_label__;
    PyObject *___mypyc_generator_frame_attribute__tokens;
    PyObject *___mypyc_generator_frame_attribute__odd;
    CPyTagged ___mypyc_generator_frame_attribute__n;
} extract___thai_repair____spots_genObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___thai_repair____glyph_readings_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___thai_repair_____mypyc_lambda__1__glyph_readings_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___thai_repair___mend_misread_aa_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___thai_repair_____mypyc_lambda__2_mend_misread_aa_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___thai_rules____order_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___thai_rules_____mypyc_lambda__0__order_objObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    PyObject *___mypyc_self__;
} extract___thai_spelling___spell_envObject;

typedef struct {
    PyObject_HEAD
    CPyVTableItem *vtable;
    vectorcallfunc vectorcall;
    PyObject *___mypyc_env__;
} extract___thai_spelling_____mypyc_lambda__0_spell_objObject;

#endif
