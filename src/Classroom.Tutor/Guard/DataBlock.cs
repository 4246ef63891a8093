using System.Security.Cryptography;

namespace Classroom.Tutor;

/// <summary>
/// Text, set apart from instructions: between lines that carry a word no text can guess. Instructions say that nothing between
/// them is an instruction.
/// </summary>
internal static class DataBlock
{
    /// <summary>What the instructions in this language call the data.</summary>
    public static string LabelIn(Language language) => language switch { Language.Kk => "ДЕРЕК", Language.Ru => "ДАННЫЕ", Language.En => "DATA" };

    public static string Of(string label, string text)
    {
        var word = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        // Control characters and the word itself cannot stand in the text, so nobody closes the block early.
        var clean = string.Concat(text.Where(c => !char.IsControl(c) || c is '\n' or '\t')).Replace(word, "", StringComparison.OrdinalIgnoreCase);
        return $"{label} {word}\n<<<\n{clean.Replace("<<<", "‹‹‹", StringComparison.Ordinal).Replace(">>>", "›››", StringComparison.Ordinal)}\n>>>\n{label} {word}";
    }
}
