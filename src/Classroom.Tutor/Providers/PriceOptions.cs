namespace Classroom.Tutor;

/// <summary>What a provider takes, for the operator's page; nothing is ever bought or refused by it. Section <c>Tutor:Price</c>, <c>Tutor:Second:Price</c>.</summary>
public sealed class PriceOptions
{
    /// <summary>For a million input tokens.</summary>
    public decimal? Input { get; set; }

    /// <summary>For a million output tokens.</summary>
    public decimal? Output { get; set; }

    /// <summary>Its code, for example KZT or USD.</summary>
    public string Currency { get; set; } = "";

    public bool IsSet => Input is not null && Output is not null;

    public bool IsValid => Input is null && Output is null && Currency.Length == 0
        || Input is >= 0 and < 1_000_000_000 && Output is >= 0 and < 1_000_000_000 && Currency.Length == 3 && Currency.All(char.IsAsciiLetterUpper);

    /// <returns>Null: no price is set.</returns>
    public decimal? Of(long input, long output) => IsSet ? ((input * Input!.Value) + (output * Output!.Value)) / 1_000_000 : null;
}
