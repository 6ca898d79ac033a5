using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Auth.Api.Problems;

/// <summary>Reads whole numbers in digits only: the framework would take 0x10 and #10 for 16.</summary>
internal sealed class WholeNumbers : IModelBinderProvider, IModelBinder
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.UnderlyingOrModelType == typeof(int) ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var name = bindingContext.ModelName;
        var value = bindingContext.ValueProvider.GetValue(name);
        if (string.IsNullOrEmpty(value.FirstValue))
        {
            return Task.CompletedTask;
        }

        bindingContext.ModelState.SetModelValue(name, value);
        if (int.TryParse(value.FirstValue, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            bindingContext.Result = ModelBindingResult.Success(number);
        }
        else
        {
            bindingContext.ModelState.TryAddModelError(name, "This is not a whole number.");
        }

        return Task.CompletedTask;
    }
}
