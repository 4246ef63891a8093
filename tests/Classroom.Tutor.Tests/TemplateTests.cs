namespace Classroom.Tutor.Tests;

/// <summary>The templates, as they are sent: no placeholder is left, each is written in its own language.</summary>
public sealed class TemplateTests
{
    [Fact]
    public void Every_template_renders_whole()
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            foreach (var level in Enum.GetValues<Level>())
            {
                foreach (var mode in Enum.GetValues<ExplainMode>())
                {
                    IsWhole(Template.Explain(new Variant(language, level), mode, 7));
                }
            }

            IsWhole(Template.Of("feedback", language, ("grade", "7")), except: "{\"items\"");
            IsWhole(Template.Of("coach", language, ("grade", "7"), ("policy", "p"), ("level", "l")));
            foreach (var ability in new[] { "explain", "feedback", "coach" })
            {
                LanguageCheck.IsIn(Template.Of(ability, language).Text, language).ShouldBe(true, $"{ability} is written in {language}, not translated at run time");
            }
        }

        foreach (var language in Enum.GetValues<Language>())
        {
            var (canary, mark) = (Template.Line("guard", language, "canary"), Template.Line("guard", language, "mark"));
            canary.ShouldContain("{canary}");
            mark.ShouldContain("{mark}");
            LanguageCheck.IsIn(canary + mark, language).ShouldBe(true);
        }

        IsWhole(Template.Of("prompt", null, ("grade", "7"), ("minutes", "12")), except: "{\"candidates\"");
        Template.Names.Count().ShouldBe(14);
    }

    private static void IsWhole(Template template, string? except = null)
    {
        template.Id.ShouldMatch("^[a-z.]+@[0-9]+$");
        var text = except is null ? template.Text : template.Text[..template.Text.IndexOf(except, StringComparison.Ordinal)];
        text.ShouldNotContain("{");
        text.Length.ShouldBeGreaterThan(300);
    }
}
