namespace Classroom.Tutor.Tests;

public sealed class GuardsTests
{
    [Fact]
    public void A_plain_sentence_of_each_language_passes_all_of_them() => Guards.Warm().ShouldBeTrue();
}
