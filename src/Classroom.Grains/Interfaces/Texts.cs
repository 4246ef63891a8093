namespace Classroom.Grains;

/// <summary>A piece of an explanation's text. The client's text becomes <c>text[..Offset] + Text</c>.</summary>
/// <param name="Number">The explanation's number within its lesson, short on the wire.</param>
/// <param name="Epoch">Counts up when the variant is streamed anew: text of an earlier epoch is no beginning of this one.</param>
/// <param name="SentenceEnds">Ends that have become certain, as absolute offsets; they may lie before <paramref name="Offset"/>.</param>
/// <param name="OnBoard">The board and the teacher's first tab show this variant.</param>
/// <param name="Preview">For the teacher's connections only.</param>
/// <param name="Prepared">On an epoch's first chunk: whether it is prepared text, which no AI wrote.</param>
[GenerateSerializer, Immutable]
public sealed record TextChunk(
    [property: Id(0)] Guid ExplanationId,
    [property: Id(1)] int Number,
    [property: Id(2)] string Variant,
    [property: Id(3)] int Epoch,
    [property: Id(4)] int Offset,
    [property: Id(5)] string Text,
    [property: Id(6)] ImmutableArray<int> SentenceEnds,
    [property: Id(7)] bool OnBoard,
    [property: Id(8)] bool Preview = false,
    [property: Id(9)] bool? Prepared = null) : Announcement
{
    /// <summary>This chunk and the one right after it as one, or null when that is of another text.</summary>
    public TextChunk? With(TextChunk next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next.ExplanationId == ExplanationId && next.Variant == Variant && next.Epoch == Epoch && next.Preview == Preview && next.Offset == Offset + Text.Length
            ? this with { Text = Text + next.Text, SentenceEnds = [.. SentenceEnds, .. next.SentenceEnds] } : null;
    }
}

/// <summary>The text of a variant from an offset on, with all its sentence ends.</summary>
/// <param name="Prepared">Whether it is prepared text; null where that is not known.</param>
[GenerateSerializer, Immutable]
public sealed record TextSlice(
    [property: Id(0)] int Number,
    [property: Id(1)] int Epoch,
    [property: Id(2)] int Offset,
    [property: Id(3)] string Text,
    [property: Id(4)] ImmutableArray<int> SentenceEnds,
    [property: Id(5)] Refusal? Refusal = null,
    [property: Id(6)] bool? Prepared = null,
    [property: Id(7)] bool OwnWords = false)
{
    public static readonly TextSlice Nothing = new(0, 0, 0, "", []);
}

/// <summary>Who looks, as whom, on which device: what a ticket or a cookie says. Looked at with every read.</summary>
[GenerateSerializer, Immutable]
public sealed record Reader([property: Id(0)] Audience Audience, [property: Id(1)] Actor By, [property: Id(2)] Guid DeviceId);

/// <summary>An order with what streaming needs besides, which is no part of the facts.</summary>
/// <param name="Starts">Where each variant starts.</param>
/// <param name="Names">Names of the room, none of which may leave for a model.</param>
/// <param name="Roster">More of them: the class by its list, and what students were called before.</param>
[GenerateSerializer, Immutable]
public sealed record ExplanationTask(
    [property: Id(0)] int Number,
    [property: Id(1)] ExplanationOrder Order,
    [property: Id(2)] ImmutableArray<VariantStart> Starts,
    [property: Id(3)] Guid TeacherId,
    [property: Id(4)] ImmutableArray<string> Names,
    [property: Id(5)] ImmutableArray<string> Roster);
