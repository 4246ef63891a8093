using System.Text.Json.Serialization;

namespace Classroom.Lessons;

/// <summary>What a stroke is drawn with. The eraser takes whole strokes away and leaves none.</summary>
[JsonConverter(typeof(Camel<InkTool>))]
public enum InkTool { Pen, Highlighter }

/// <summary>A colour by its name in the client's themes: what is dark on a light board is light on a dark one.</summary>
[JsonConverter(typeof(Camel<InkColour>))]
public enum InkColour { Ink, Coral, Sky, Sun }

/// <summary>A finished stroke over a step of the lesson. Drawn twice under one id, it is one.</summary>
/// <param name="Points">As <see cref="InkPoints"/> says.</param>
[Command(Roles.Board, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record DrawStroke(
    [property: Id(0)] Guid StrokeId, [property: Id(1)] string StepId, [property: Id(2)] InkTool Tool, [property: Id(3)] InkColour Colour,
    [property: Id(4)] ImmutableArray<int> Points) : Command;

/// <summary>Whole strokes, whoever drew them. One that is gone already is no error.</summary>
[Command(Roles.Board, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record EraseStrokes([property: Id(0)] string StepId, [property: Id(1)] ImmutableArray<Guid> StrokeIds) : Command;

/// <summary>All ink of a step. Can be undone, so it asks nobody.</summary>
[Command(Roles.Board, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record ClearInk([property: Id(0)] string StepId) : Command;

/// <summary>Takes back what this board did last over the step: a stroke, what it erased, or a clearing.</summary>
[Command(Roles.Board, Phases.Live)]
[GenerateSerializer, Immutable]
public sealed record UndoInk([property: Id(0)] string StepId) : Command;

/// <summary>Some points of a stroke that is still being drawn, for the other boards. Not stored: the finished stroke has them all.</summary>
/// <param name="From">How many points of the stroke come before these; these stand in place of what is known from there on.</param>
/// <param name="Points">As <see cref="InkPoints"/>; none, from 0: the stroke is not drawn after all.</param>
[GenerateSerializer, Immutable]
public sealed record StrokePart(
    [property: Id(0)] Guid StrokeId, [property: Id(1)] string StepId, [property: Id(2)] InkTool Tool, [property: Id(3)] InkColour Colour,
    [property: Id(4)] int From, [property: Id(5)] ImmutableArray<int> Points);

/// <summary>JSON of this topic's commands, facts and entities: each one of them is named here.</summary>
[JsonSerializable(typeof(DrawStroke))]
[JsonSerializable(typeof(EraseStrokes))]
[JsonSerializable(typeof(ClearInk))]
[JsonSerializable(typeof(UndoInk))]
[JsonSerializable(typeof(StrokePart))]
[JsonSerializable(typeof(StrokeDrawn))]
[JsonSerializable(typeof(StrokesErased))]
[JsonSerializable(typeof(InkCleared))]
[JsonSerializable(typeof(InkUndone))]
[JsonSerializable(typeof(StrokeEntity))]
[JsonSerializable(typeof(InkEntity))]
[JsonSerializable(typeof(PensEntity))]
internal sealed partial class InkJson : JsonSerializerContext;
