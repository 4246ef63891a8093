namespace Classroom.Lessons.Tests;

/// <summary>What a child may be called: seen whole, told from the others and from the teacher. The teacher of these lessons is Айгүл Маратқызы.</summary>
public sealed class NameRules : LessonTest
{
    [Theory]
    [InlineData("Айгүл", "Айгүл", "a first name is shared by many")]
    [InlineData("Айгерім", "Айгерім", "")]
    [InlineData("  Жан   Дос ", "Жан Дос", "one space")]
    [InlineData("Ерлан\u00a0Бек", "Ерлан Бек", "a no-break space")]
    [InlineData("Анна\u2011Мария", "Анна-Мария", "a no-break hyphen")]
    [InlineData("Д‘Артаньян", "Д’Артаньян", "an apostrophe")]
    [InlineData("Сергеи\u0306", "Сергей", "й of two code points")]
    [InlineData("Семе\u0308н", "Семён", "ё of two code points")]
    [InlineData("Zoe\u0308", "Zoë", "a Latin letter of two code points")]
    [InlineData("Апайхан", "Апайхан", "a role inside a word is none")]
    [InlineData("Zhań Ǵalym", "Zhań Ǵalym", "Kazakh in Latin letters")]
    [InlineData("Систематика", "Систематика", "a role with more than an ending")]
    public void A_name_is_taken_as_whole_letters(string typed, string kept, string why)
    {
        var id = Guid.CreateVersion7();
        Ok(id, Seat(typed));
        Run.State.Seats[id].Nickname.ShouldBe(kept, why);
    }

    [Theory]
    [InlineData("Ал\u200bи", "U+200B")]
    [InlineData("Ал\u200dи", "U+200D")]
    [InlineData("\u3164Али", "U+3164")]
    [InlineData("Али\u202e", "U+202E")]
    [InlineData("Али\u0301", "U+0301")]
    [InlineData("а\u0301\u0301\u0301\u0301", "U+0301")]
    [InlineData("Али, Дос", ",")]
    [InlineData("Али (7Б)", "(")]
    [InlineData("Али😀", "U+D83D")]
    [InlineData("ᴀли", "ᴀ")]
    [InlineData("Ａли", "Ａ")]
    [InlineData("Али\u0000", "U+0000")]
    [InlineData("小明", "小")]
    [InlineData("ꓮйша", "ꓮ")]
    [InlineData("Ꭺйша", "Ꭺ")]
    [InlineData("Ⲁйша", "Ⲁ")]
    [InlineData("Ạйша", "Ạ")]
    [InlineData("Айшаー", "ー")]
    [InlineData("卐 Али", "卐")]
    public void A_sign_that_no_name_has_is_named(string typed, string sign)
    {
        var refusal = Run.Do(By(Guid.CreateVersion7(), Seat(typed))).Decision.Refusal!;
        (refusal.Code, refusal.Args["sign"]).ShouldBe(("bad-sign", sign));
    }

    [Theory]
    [InlineData("ДАНА", "case")]
    [InlineData("дана", "case")]
    [InlineData("Дaнa", "Latin a")]
    [InlineData("Д.а-н а", "punctuation")]
    [InlineData("Д\u00a0а н а", "spaces")]
    [InlineData("Иван", "the other one")]
    [InlineData("Ивaн", "Latin a")]
    [InlineData("ИBАН", "Latin B")]
    public void A_look_alike_of_somebody_in_the_class_is_taken(string typed, string why) =>
        Refused(Guid.CreateVersion7(), Seat(typed)).ShouldBe("nickname-taken", why);

    [Theory]
    [InlineData("Сәуле", "Cәулe")]
    [InlineData("Tom", "ТОМ")]
    [InlineData("Алихан", "Aлиxaн")]
    [InlineData("Ілияс", "Iлияc")]
    [InlineData("Гүлнұр", "Гyлнұр")]
    [InlineData("Семён", "Семен")]
    [InlineData("Әлi", "Әлі")]
    [InlineData("Айша", "Аиша")]
    [InlineData("Айша", "Аишa")]
    [InlineData("Айша", "Ӓйша")]
    [InlineData("Айша", "Āйша")]
    [InlineData("Айша", "Ąйша")]
    [InlineData("Айша", "Аӣша")]
    [InlineData("Айша", "Айщa")]
    [InlineData("Zoë", "Zoe")]
    [InlineData("Оля", "0ля")]
    public void Two_that_are_drawn_alike_are_one(string first, string second)
    {
        Ok(Guid.CreateVersion7(), Seat(first));
        Refused(Guid.CreateVersion7(), Seat(second)).ShouldBe("nickname-taken");
    }

    [Theory]
    [InlineData("Асем", "Әсем")]
    [InlineData("Канат", "Қанат")]
    [InlineData("Құс 1", "Құс 2")]
    [InlineData("Маржан", "Миржан")]
    public void Two_that_differ_are_two(string first, string second)
    {
        Ok(Guid.CreateVersion7(), Seat(first));
        Ok(Guid.CreateVersion7(), Seat(second));
    }

    [Theory]
    [InlineData("Айгүл Маратқызы", "nickname-of-teacher")]
    [InlineData("маратқызы айгүл", "nickname-of-teacher")]
    [InlineData("Aйгүл Mapaтқызы", "nickname-of-teacher")]
    [InlineData("Айгүл Маратқызы 2", "nickname-of-teacher")]
    [InlineData("Мұғалім", "nickname-of-role")]
    [InlineData("М ұ ғ а л і м", "nickname-of-role")]
    [InlineData("мұғалiм", "nickname-of-role")]
    [InlineData("Учитель", "nickname-of-role")]
    [InlineData("УЧИTEЛЬ", "nickname-of-role")]
    [InlineData("Учитель1", "nickname-of-role")]
    [InlineData("Teacher", "nickname-of-role")]
    [InlineData("T.e.a.c.h.e.r", "nickname-of-role")]
    [InlineData("Айгүл апай", "nickname-of-role")]
    [InlineData("Админ", "nickname-of-role")]
    [InlineData("Мұғалімі", "nickname-of-role")]
    [InlineData("Мұғалима", "nickname-of-role")]
    [InlineData("Мұғалімдер", "nickname-of-role")]
    [InlineData("Апайым", "nickname-of-role")]
    [InlineData("Оқытушы", "nickname-of-role")]
    [InlineData("Ментор", "nickname-of-role")]
    [InlineData("Mugalim", "nickname-of-role")]
    [InlineData("Muǵalim", "nickname-of-role")]
    [InlineData("Ustaz", "nickname-of-role")]
    [InlineData("Apai", "nickname-of-role")]
    [InlineData("Apай", "nickname-of-role")]
    [InlineData("Uchitel", "nickname-of-role")]
    [InlineData("Кл рук", "nickname-of-role")]
    [InlineData("Кл. рук.", "nickname-of-role")]
    [InlineData("Система", "nickname-of-role")]
    [InlineData("Operator", "nickname-of-role")]
    [InlineData("Tutor", "nickname-of-role")]
    [InlineData("Көмекші", "nickname-of-role")]
    [InlineData("Тьюторша", "nickname-of-role")]
    [InlineData("Teachers", "nickname-of-role")]
    public void The_teachers_name_and_a_grown_ups_role_are_nobodys(string typed, string code)
    {
        Refused(Guid.CreateVersion7(), Seat(typed)).ShouldBe(code);
        Refused(Teacher, new RenameStudent(Dana, typed)).ShouldBe(code);
    }

    [Fact]
    public void A_doubted_name_is_refused_and_the_teacher_may_still_give_it()
    {
        Refused(Guid.CreateVersion7(), Seat("Жаман 7")).ShouldBe("bad-word");
        Run.State.Seats.Count.ShouldBe(2);
        Ok(Teacher, new RenameStudent(Dana, "Жаман 7"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("123")]
    [InlineData("...")]
    [InlineData("Абвгдеёжзийклмнопрстуфхцч")]
    public void No_letter_or_too_many_is_said_with_the_limit(string typed)
    {
        var refusal = Run.Do(By(Guid.CreateVersion7(), Seat(typed))).Decision.Refusal!;
        (refusal.Code, refusal.Args["max"]).ShouldBe(("bad-nickname", "24"));
    }

    private static TakeSeat Seat(string nickname) => new(nickname, Language.Kk, Level.Simple, Guid.CreateVersion7(), false);
}
