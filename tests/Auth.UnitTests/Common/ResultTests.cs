using Auth.Domain.Common;

namespace Auth.UnitTests.Common;

public sealed class ResultTests
{
    private static readonly Error s_error = new("CODE", "A sentence.", ErrorKind.Conflict);

    [Fact]
    public void A_result_has_failed_when_it_has_an_error()
    {
        Result failed = s_error;

        Result.Success.IsFailure.ShouldBeFalse();
        failed.IsFailure.ShouldBeTrue();
        failed.Error.ShouldBe(s_error);
        Result.Failure(s_error).Error.ShouldBe(s_error);
    }

    [Fact]
    public void A_result_has_a_value_or_an_error()
    {
        Result<string> succeeded = "value";
        Result<string> failed = s_error;

        (succeeded.IsFailure, succeeded.Value, succeeded.Error).ShouldBe((false, "value", null));
        (failed.IsFailure, failed.Value, failed.Error).ShouldBe((true, null, s_error));
        Result<string>.Failure(s_error).Error.ShouldBe(s_error);
    }

    [Fact]
    public void Validation_errors_are_reported_by_field()
    {
        var error = Error.Validation("email", "Enter a valid e-mail address.");

        (error.Code, error.Kind).ShouldBe(("VALIDATION_FAILED", ErrorKind.Validation));
        error.Message.ShouldBe("One or more fields are invalid; see `errors`.");
        error.Fields!["email"].ShouldBe(["Enter a valid e-mail address."]);
    }
}
