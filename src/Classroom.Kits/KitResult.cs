using System.Diagnostics.CodeAnalysis;

namespace Classroom.Kits;

/// <summary>One thing wrong with a kit file, said so that its author finds the place.</summary>
/// <param name="Line">From 1; 0 when the error is about the whole file.</param>
/// <param name="Field">Dotted path, such as lessons[0].steps[2].questions[0].options[1].text.kk; empty for the whole file.</param>
/// <param name="Code">One of <see cref="KitErrorCodes"/>.</param>
public sealed record KitError(string File, int Line, int Column, string Field, string Code, string Message)
{
    public override string ToString() =>
        $"{File}({Line},{Column}): {Code}: {(Field.Length == 0 ? "" : Field + ": ")}{Message}";
}

/// <summary>A kit, or everything that is wrong with its file. Invariant: exactly one of the two.</summary>
public sealed record KitResult(Kit? Kit, IReadOnlyList<KitError> Errors)
{
    [MemberNotNullWhen(true, nameof(Kit))]
    public bool Ok => Kit is not null;
}
